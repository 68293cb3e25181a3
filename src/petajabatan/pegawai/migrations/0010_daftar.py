from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("pegawai", "0009_b_rencana")]
    operations = [run_sql(__file__, "0010_daftar.sql")]

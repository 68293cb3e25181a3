from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("pegawai", "0006_pengukuhan")]
    operations = [run_sql(__file__, "0007_b_hari.sql")]

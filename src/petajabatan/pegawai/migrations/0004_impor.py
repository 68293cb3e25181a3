from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("pegawai", "0003_bezetting_pada")]
    operations = [run_sql(__file__, "0004_impor.sql")]

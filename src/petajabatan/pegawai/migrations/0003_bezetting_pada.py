from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("pegawai", "0002_bezetting")]
    operations = [run_sql(__file__, "0003_bezetting_pada.sql")]

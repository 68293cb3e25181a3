from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("referensi", "0003_pencarian"), ("inti", "0002_dinding")]

    operations = [run_sql(__file__, "0004_statistik.sql")]

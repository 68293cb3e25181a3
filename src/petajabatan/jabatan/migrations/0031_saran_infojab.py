from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("jabatan", "0030_isian")]
    operations = [run_sql(__file__, "0031_saran_infojab.sql")]

from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("usulan", "0030_idempotensi")]
    operations = [run_sql(__file__, "0031_impor.sql")]

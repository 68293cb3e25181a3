from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("organisasi", "0003_indeks")]
    operations = [run_sql(__file__, "0004_pohon_cepat.sql")]

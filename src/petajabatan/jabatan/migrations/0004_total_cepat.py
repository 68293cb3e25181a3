from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("jabatan", "0003_indeks"), ("organisasi", "0004_pohon_cepat")]
    operations = [run_sql(__file__, "0004_total_cepat.sql")]

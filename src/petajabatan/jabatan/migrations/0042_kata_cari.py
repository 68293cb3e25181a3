from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("jabatan", "0041_pilihan_pembulatan")]
    operations = [run_sql(__file__, "0042_kata_cari.sql")]

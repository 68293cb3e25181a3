from django.db import migrations

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("pegawai", "0004_impor")]
    operations = [
        migrations.RemoveIndex(model_name="pegawai", name="pegawai_nama_trgm"),
        run_sql(__file__, "0005_cari.sql"),
    ]

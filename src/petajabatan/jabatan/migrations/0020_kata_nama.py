from django.db import migrations, models

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("jabatan", "0006_penerus_indeks"), ("organisasi", "0004_pohon_cepat")]
    operations = [
        migrations.RemoveIndex(model_name="posisiriwayat", name="posisi_riwayat_nama_trgm"),
        migrations.AddIndex(
            model_name="posisiriwayat",
            index=models.Index(
                condition=models.Q(("hingga", 2147483647)),
                fields=["instansi", "nama"],
                name="posisi_riwayat_nama",
            ),
        ),
        run_sql(__file__, "0020_kata_nama.sql"),
    ]

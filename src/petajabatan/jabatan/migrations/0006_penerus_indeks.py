from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("jabatan", "0005_penerus"), ("organisasi", "0004_pohon_cepat")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {table}_penerus ON {table} USING gin (penerus) WHERE penerus <> '{{}}'"
        )
        for table in ("unor_riwayat", "posisi_riwayat")
    ]

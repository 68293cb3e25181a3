from django.db import migrations, models

MILIK = "akun_id = (SELECT cakupan_aktor())"


class Migration(migrations.Migration):
    dependencies = [("usulan", "0003_alur")]
    operations = [
        migrations.CreateModel(
            name="PermintaanUsulan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("akun_id", models.BigIntegerField()),
                ("kunci", models.CharField(max_length=128)),
                ("sidik", models.CharField(help_text="SHA-256 dari metode, alamat, dan isi", max_length=64)),
                (
                    "status",
                    models.SmallIntegerField(help_text="status HTTP; kosong selama dikerjakan", null=True),
                ),
                ("isi", models.TextField(blank=True, default="")),
                ("kepala", models.JSONField(default=dict)),
                ("dibuat", models.DateTimeField()),
                ("kedaluwarsa", models.DateTimeField()),
            ],
            options={
                "db_table": "usulan_permintaan",
                "constraints": [
                    models.UniqueConstraint(fields=("akun_id", "kunci"), name="usulan_permintaan_tunggal")
                ],
            },
        ),
        # Whoever asked, and nobody else: also not the nation.
        migrations.RunSQL(
            "ALTER TABLE usulan_permintaan ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY milik_sendiri ON usulan_permintaan USING ({MILIK}) WITH CHECK ({MILIK});"
        ),
    ]

from django.db import migrations, models

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("inti", "0002_dinding")]
    operations = [
        migrations.AddField(
            "pekerjaan", "percobaan", models.SmallIntegerField(default=0, help_text="berapa kali mulai dijalankan")
        ),
        migrations.AddField(
            "pekerjaan",
            "permintaan",
            models.CharField(max_length=64, blank=True, default="", help_text="id permintaan asal"),
        ),
        migrations.AddField(
            "pekerjaan",
            "cakupan_token",
            models.JSONField(null=True, help_text="cakupan token bila diminta oleh aplikasi"),
        ),
        run_sql(__file__, "0003_pekerjaan.sql"),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("akun", "0003_pembuat")]
    operations = [
        migrations.AddField(
            "pengguna",
            "kabar_surel",
            models.BooleanField(default=True, help_text="kabar juga dikirim lewat surel"),
        ),
    ]

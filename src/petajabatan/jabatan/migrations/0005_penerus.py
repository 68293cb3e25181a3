import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jabatan", "0004_total_cepat")]
    operations = [
        migrations.AddField(
            model_name="posisiriwayat",
            name="penerus",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                default=list,
                help_text="pada baris terakhir: posisi pengganti",
                size=None,
            ),
        ),
        # Bulk statements write the columns they know; the trigger riwayat_ubah lets penerus change like hingga.
        migrations.RunSQL("ALTER TABLE posisi_riwayat ALTER COLUMN penerus SET DEFAULT '{}'"),
    ]

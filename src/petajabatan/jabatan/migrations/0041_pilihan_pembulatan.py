import django.db.models.deletion
from django.db import migrations, models

from petajabatan.inti.migration_sql import audit_triggers, protect_from_delete


class Migration(migrations.Migration):
    dependencies = [("jabatan", "0032_standar_kompetensi")]
    operations = [
        migrations.CreateModel(
            name="PilihanPembulatan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("berlaku", models.DateField(help_text="hari pertama berlaku")),
                (
                    "kebijakan",
                    models.CharField(
                        blank=True, default="", help_text="kode; kosong: bawaan", max_length=40
                    ),
                ),
                ("alasan", models.CharField(max_length=400)),
                ("oleh_id", models.BigIntegerField(null=True)),
                ("oleh", models.CharField(blank=True, default="", max_length=200)),
                ("pada", models.DateTimeField(auto_now_add=True)),
                (
                    "instansi",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referensi.instansi",
                    ),
                ),
            ],
            options={
                "db_table": "pilihan_pembulatan",
                "indexes": [
                    models.Index(fields=["instansi", "-berlaku", "-id"], name="pilihan_pembulatan_hari")
                ],
                "constraints": [
                    models.CheckConstraint(condition=~models.Q(alasan=""), name="pilihan_beralasan")
                ],
            },
        ),
        migrations.RunSQL(protect_from_delete("pilihan_pembulatan")),
        migrations.RunSQL(audit_triggers("pilihan_pembulatan")),
    ]

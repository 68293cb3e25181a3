import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from petajabatan.inti.migration_sql import audit_triggers, protect_from_delete, run_sql


class Migration(migrations.Migration):
    dependencies = [("jabatan", "0020_kata_nama"), ("inti", "0002_dinding")]
    operations = [
        migrations.CreateModel(
            name="Infojab",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "instansi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referensi.instansi"
                    ),
                ),
            ],
            options={"db_table": "infojab"},
        ),
        migrations.CreateModel(
            name="IsianRiwayat",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "isian_id", "sejak", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("isian_id", models.BigIntegerField()),
                ("sejak", models.IntegerField()),
                ("hingga", models.IntegerField(default=2147483647)),
                ("infojab_id", models.BigIntegerField(null=True)),
                ("posisi_id", models.BigIntegerField(null=True)),
                ("bagian", models.CharField(max_length=20)),
                ("isi", models.JSONField()),
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
                "db_table": "isian_riwayat",
                "indexes": [
                    models.Index(fields=["instansi", "hingga", "sejak"], name="isian_hidup"),
                    models.Index(fields=["instansi", "sejak"], name="isian_sejak"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(sejak__lt=F("hingga")), name="isian_masa"),
                    models.CheckConstraint(
                        condition=Q(infojab_id__isnull=False, posisi_id__isnull=True)
                        | Q(infojab_id__isnull=True, posisi_id__isnull=False),
                        name="isian_satu_pemilik",
                    ),
                ],
            },
        ),
        run_sql(__file__, "0030_isian.sql"),
        *(migrations.RunSQL(protect_from_delete(table)) for table in ("infojab", "isian_riwayat")),
        migrations.RunSQL(audit_triggers("isian_riwayat", "isian_id")),
    ]

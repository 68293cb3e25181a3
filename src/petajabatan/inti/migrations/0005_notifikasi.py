import django.db.models.functions.datetime
from django.db import migrations, models
from django.db.models import Q

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("inti", "0004_cache")]
    operations = [
        migrations.CreateModel(
            name="Notifikasi",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("penerima_id", models.BigIntegerField()),
                ("judul", models.CharField(max_length=200)),
                ("isi", models.TextField(blank=True, db_default="", default="")),
                ("tautan", models.CharField(blank=True, db_default="", default="", max_length=400)),
                (
                    "kunci",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="peristiwa asal; sekali per penerima",
                        max_length=160,
                    ),
                ),
                (
                    "surel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Tanpa surel"),
                            ("antre", "Menunggu dikirim"),
                            ("terkirim", "Terkirim"),
                            ("gagal", "Gagal dikirim"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                    ),
                ),
                ("dibuat", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("dibaca", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "notifikasi",
                "indexes": [
                    models.Index(fields=["penerima_id", "-id"], name="notifikasi_penerima"),
                    models.Index(condition=Q(dibaca=None), fields=["penerima_id"], name="notifikasi_belum"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=~Q(kunci=""), fields=("penerima_id", "kunci"), name="notifikasi_sekali"
                    ),
                    models.CheckConstraint(
                        condition=Q(tautan="")
                        | (Q(tautan__startswith="/") & ~Q(tautan__startswith="//")),
                        name="notifikasi_tautan_sendiri",
                    ),
                ],
            },
        ),
        run_sql(__file__, "0005_kabar.sql"),
    ]

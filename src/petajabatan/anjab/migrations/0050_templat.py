import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from petajabatan.inti.dinding import wall_sql
from petajabatan.inti.migration_sql import audit_triggers, protect_from_delete, run_sql

TABEL = ("templat_pembina", "templat_versi", "templat_unor")
JENIS = [
    ("sekolah", "Sekolah (NPSN)"),
    ("puskesmas", "Puskesmas"),
    ("rumah-sakit", "Rumah sakit"),
    ("dinas-kesehatan", "Dinas kesehatan"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("referensi", "0005_urut_nama"),
        ("usulan", "0040_isian"),
        ("pegawai", "0006_pengukuhan"),
        ("akun", "0004_kabar_surel"),
        ("inti", "0006_rantai_audit"),
    ]
    operations = [
        migrations.CreateModel(
            name="TemplatPembina",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("nama", models.CharField(max_length=200)),
                ("keterangan", models.TextField(blank=True, default="")),
                (
                    "jenis_master",
                    models.CharField(blank=True, choices=JENIS, default="", max_length=16),
                ),
                ("bentuk", models.CharField(blank=True, default="", max_length=20)),
                ("dibuat_oleh_id", models.BigIntegerField(null=True)),
                ("dibuat_oleh", models.CharField(blank=True, default="", max_length=200)),
                ("dibuat", models.DateTimeField(auto_now_add=True)),
                (
                    "pembina",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referensi.instansi"
                    ),
                ),
            ],
            options={
                "db_table": "templat_pembina",
                "ordering": ["nama", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("pembina", "nama"), name="templat_pembina_nama")
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplatVersi",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("nomor", models.IntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("draf", "Draf"), ("terbit", "Terbit")], default="draf", max_length=6
                    ),
                ),
                ("isi", models.JSONField()),
                (
                    "catatan",
                    models.TextField(blank=True, default="", help_text="apa yang berubah, dan dasarnya"),
                ),
                ("dibuat_oleh", models.CharField(blank=True, default="", max_length=200)),
                ("diubah", models.DateTimeField(auto_now=True)),
                ("terbit_pada", models.DateTimeField(null=True)),
                ("terbit_oleh", models.CharField(blank=True, default="", max_length=200)),
                (
                    "templat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versi",
                        to="anjab.templatpembina",
                    ),
                ),
            ],
            options={
                "db_table": "templat_versi",
                "ordering": ["templat", "-nomor"],
                "constraints": [
                    models.UniqueConstraint(fields=("templat", "nomor"), name="templat_versi_nomor"),
                    models.UniqueConstraint(
                        fields=("templat",), name="templat_versi_satu_draf", condition=Q(status="draf")
                    ),
                    models.CheckConstraint(
                        name="templat_versi_terbit",
                        condition=Q(status="terbit", terbit_pada__isnull=False)
                        | Q(status="draf", terbit_pada=None),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplatUnor",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("instansi_id", models.IntegerField()),
                ("unor_id", models.BigIntegerField()),
                ("usulan_id", models.BigIntegerField()),
                ("kelompok", models.IntegerField(null=True)),
                ("oleh", models.CharField(blank=True, default="", max_length=200)),
                ("pada", models.DateTimeField(auto_now_add=True)),
                (
                    "versi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unor",
                        to="anjab.templatversi",
                    ),
                ),
            ],
            options={
                "db_table": "templat_unor",
                "indexes": [
                    models.Index(fields=["instansi_id", "unor_id"], name="templat_unor_unit"),
                    models.Index(fields=["usulan_id"], name="templat_unor_usulan"),
                ],
            },
        ),
        run_sql(__file__, "0050_templat.sql"),
        migrations.RunSQL(
            wall_sql(
                "templat_unor",
                draf=True,
                terbatas="EXISTS (SELECT FROM usulan u WHERE u.id = templat_unor.usulan_id)",
            )
        ),
        *(migrations.RunSQL(protect_from_delete(table)) for table in TABEL),
        migrations.RunSQL(audit_triggers("templat_pembina", instansi="pembina_id")),
        migrations.RunSQL(audit_triggers("templat_versi", instansi="")),
        migrations.RunSQL(audit_triggers("templat_unor")),
    ]

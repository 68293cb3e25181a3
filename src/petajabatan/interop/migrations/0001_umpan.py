import django.db.models.functions.datetime
from django.db import migrations, models

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("inti", "0006_rantai_audit"),
        ("organisasi", "0004_pohon_cepat"),
        ("jabatan", "0004_total_cepat"),
        ("pegawai", "0005_cari"),
    ]
    operations = [
        migrations.CreateModel(
            name="Umpan",
            fields=[
                ("nomor", models.BigIntegerField(primary_key=True, serialize=False)),
                ("instansi_id", models.IntegerField()),
                ("versi", models.IntegerField()),
                ("jenis", models.CharField(max_length=16)),
                ("objek", models.CharField(help_text="peta, unor, posisi, isian", max_length=8)),
                ("objek_id", models.BigIntegerField(help_text="unor.id, posisi.id, isian_id; pada peta: nomor versi")),
                ("ringkas", models.JSONField()),
                ("pada", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "umpan",
                "indexes": [models.Index(fields=["instansi_id", "nomor"], name="umpan_instansi")],
            },
        ),
        run_sql(__file__, "0001_umpan.sql"),
    ]

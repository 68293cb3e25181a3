import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from petajabatan.inti.dinding import wall_sql


class Migration(migrations.Migration):
    dependencies = [("usulan", "0032_indeks_penerus"), ("jabatan", "0030_isian")]
    operations = [
        migrations.CreateModel(
            name="UsulanIsian",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("instansi_id", models.IntegerField()),
                ("sebelum", models.JSONField(null=True)),
                ("sesudah", models.JSONField(null=True)),
                (
                    "penerus",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("revisi", models.IntegerField()),
                ("oleh", models.CharField(blank=True, default="", max_length=200)),
                ("isian_id", models.BigIntegerField()),
                (
                    "usulan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="usulan.usulan",
                    ),
                ),
            ],
            options={
                "db_table": "usulan_isian",
                "constraints": [
                    models.UniqueConstraint(fields=("usulan", "isian_id"), name="usulan_isian_tunggal")
                ],
            },
        ),
        # Which boxes of a draft an informasi jabatan serves.
        migrations.RunSQL(
            "ALTER TABLE usulan_posisi ADD COLUMN infojab_baru bigint"
            " GENERATED ALWAYS AS ((sesudah->>'infojab_id')::bigint) STORED;"
            "CREATE INDEX usulan_posisi_infojab ON usulan_posisi (usulan_id, infojab_baru)"
            " WHERE infojab_baru IS NOT NULL;"
        ),
        migrations.RunSQL(
            wall_sql(
                "usulan_isian",
                draf=True,
                terbatas="EXISTS (SELECT FROM usulan u WHERE u.id = usulan_isian.usulan_id)",
            )
        ),
    ]

import django.db.models.functions.datetime
from django.db import migrations, models

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("inti", "0005_notifikasi")]
    operations = [
        migrations.CreateModel(
            name="AuditRantai",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "rantai", "nomor", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rantai", models.IntegerField()),
                ("nomor", models.BigIntegerField()),
                ("audit_id", models.BigIntegerField(unique=True)),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "audit_rantai"},
        ),
        migrations.CreateModel(
            name="AuditKepala",
            fields=[
                ("rantai", models.IntegerField(primary_key=True, serialize=False)),
                ("nomor", models.BigIntegerField()),
                ("hash", models.BinaryField()),
                ("pada", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={"db_table": "audit_kepala"},
        ),
        migrations.CreateModel(
            name="AuditTertunda",
            fields=[
                ("audit_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("rantai", models.IntegerField(db_index=True)),
                ("sejak", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={"db_table": "audit_tertunda"},
        ),
        run_sql(__file__, "0006_rantai.sql"),
    ]

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("usulan", "0031_impor")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {table}_penerus ON {table} USING gin (penerus) WHERE sesudah IS NULL"
        )
        for table in ("usulan_unor", "usulan_posisi")
    ]

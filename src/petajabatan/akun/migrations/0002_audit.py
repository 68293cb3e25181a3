from django.db import migrations

from petajabatan.inti.migration_sql import audit_triggers, protect_from_delete


class Migration(migrations.Migration):
    dependencies = [("akun", "0001_initial"), ("inti", "0002_dinding")]
    operations = [
        migrations.RunSQL(audit_triggers("peran")),
        migrations.RunSQL(protect_from_delete("pengguna")),
        migrations.RunSQL(protect_from_delete("peran")),
    ]

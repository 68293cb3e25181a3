from django.db import migrations

from petajabatan.inti.migration_sql import audit_triggers, run_sql


class Migration(migrations.Migration):
    dependencies = [("usulan", "0002_dinding")]
    operations = [
        run_sql(__file__, "0003_alur.sql"),
        migrations.RunSQL(audit_triggers("usulan_komentar")),
        migrations.RunSQL(audit_triggers("usulan_lintas", instansi="")),
    ]

from django.db import migrations

from petajabatan.inti.migration_sql import audit_triggers, protect_from_delete, run_sql


class Migration(migrations.Migration):
    dependencies = [("jabatan", "0001_initial"), ("organisasi", "0002_pohon")]
    operations = [
        run_sql(__file__, "0002_posisi.sql"),
        *(migrations.RunSQL(protect_from_delete(table)) for table in ("posisi", "posisi_riwayat")),
        migrations.RunSQL(audit_triggers("posisi_riwayat", "posisi_id")),
    ]

from django.db import migrations

from petajabatan.inti.dinding import write_wall_sql
from petajabatan.inti.migration_sql import audit_triggers, protect_from_delete, run_sql


class Migration(migrations.Migration):
    dependencies = [("organisasi", "0001_initial"), ("inti", "0002_dinding")]
    operations = [
        run_sql(__file__, "0002_pohon.sql"),
        *(
            migrations.RunSQL(protect_from_delete(table))
            for table in ("peta_versi", "unor", "unor_riwayat", "dasar_hukum", "kode_unor")
        ),
        *(migrations.RunSQL(write_wall_sql(table)) for table in ("peta_versi", "dasar_hukum", "kode_unor")),
        migrations.RunSQL(audit_triggers("unor_riwayat", "unor_id")),
        migrations.RunSQL(audit_triggers("dasar_hukum")),
        migrations.RunSQL(audit_triggers("peta_versi", "nomor")),
    ]

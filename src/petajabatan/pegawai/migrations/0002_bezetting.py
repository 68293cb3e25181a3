from django.db import migrations

from petajabatan.inti.dinding import wall_sql
from petajabatan.inti.migration_sql import audit_triggers, protect_from_delete, run_sql


class Migration(migrations.Migration):
    dependencies = [("pegawai", "0001_initial"), ("jabatan", "0002_posisi")]
    operations = [
        run_sql(__file__, "0002_bezetting.sql"),
        migrations.RunSQL(wall_sql("pegawai", terbatas="id = ANY((SELECT cakupan_pegawai())::bigint[])")),
        migrations.RunSQL(wall_sql("riwayat_jabatan", terbatas="pegawai_id = ANY((SELECT cakupan_pegawai())::bigint[])")),
        migrations.RunSQL(
            wall_sql("pindah_tertunda", instansi="instansi_asal_id", extra="instansi_tujuan_id = ANY((SELECT cakupan())::int[])")
        ),
        *(migrations.RunSQL(protect_from_delete(table)) for table in ("pegawai", "riwayat_jabatan")),
        migrations.RunSQL(audit_triggers("pegawai")),
        migrations.RunSQL(audit_triggers("riwayat_jabatan", "pegawai_id")),
    ]

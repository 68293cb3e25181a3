from django.db import migrations

from petajabatan.inti.dinding import wall_sql
from petajabatan.inti.migration_sql import audit_triggers, protect_from_delete, run_sql

ISI = ("usulan_operasi", "usulan_unor", "usulan_posisi", "usulan_total", "usulan_temuan", "usulan_konflik")
ALUR = ("usulan_riwayat", "usulan_persetujuan", "usulan_komentar", "usulan_dokumen", "usulan_keputusan")
KEKAL = ("usulan", "usulan_lintas", "usulan_operasi", *ALUR, "permohonan_otk", "permohonan_otk_tahap")


class Migration(migrations.Migration):
    dependencies = [("usulan", "0001_initial"), ("pegawai", "0002_bezetting"), ("inti", "0002_dinding")]
    operations = [
        run_sql(__file__, "0002_dinding.sql"),
        migrations.RunSQL(
            wall_sql("usulan", draf=True, terbatas="cabang_id = ANY((SELECT cakupan_cabang())::bigint[])")
        ),
        *(
            migrations.RunSQL(
                wall_sql(
                    table, draf=True, terbatas=f"EXISTS (SELECT FROM usulan u WHERE u.id = {table}.usulan_id)"
                )
            )
            for table in (*ISI, *ALUR)
        ),
        *(migrations.RunSQL(wall_sql(table, draf=True)) for table in ("permohonan_otk", "permohonan_otk_tahap")),
        # A bundle is visible where one of its usulan is, and to whoever made it.
        migrations.RunSQL(
            "ALTER TABLE usulan_lintas ENABLE ROW LEVEL SECURITY;"
            "CREATE POLICY ikut_usulan ON usulan_lintas USING (dibuat_oleh_id = (SELECT cakupan_aktor())"
            " OR EXISTS (SELECT FROM usulan u WHERE u.lintas_id = usulan_lintas.id))"
            " WITH CHECK (dibuat_oleh_id = (SELECT cakupan_aktor()) OR (SELECT cakupan_nasional()));"
        ),
        *(migrations.RunSQL(protect_from_delete(table)) for table in KEKAL),
        *(
            migrations.RunSQL(audit_triggers(table))
            for table in ("usulan", "usulan_operasi", "usulan_persetujuan", "usulan_dokumen", "usulan_keputusan",
                          "permohonan_otk")
        ),
        migrations.RunSQL(
            "CREATE TRIGGER riwayat_tetap BEFORE UPDATE OR TRUNCATE ON usulan_riwayat"
            " FOR EACH STATEMENT EXECUTE FUNCTION tolak_perubahan();"
        ),
    ]

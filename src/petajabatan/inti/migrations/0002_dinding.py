from django.db import migrations

from petajabatan.inti.dinding import wall_sql
from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("inti", "0001_initial")]
    operations = [
        run_sql(__file__, "0001_dinding.sql"),
        *(
            migrations.RunSQL(wall_sql(table, draf=True, extra="pemilik_id = (SELECT cakupan_aktor())"))
            for table in ("berkas", "pekerjaan")
        ),
        # A finding is visible where its job is.
        migrations.RunSQL(
            "ALTER TABLE temuan_pekerjaan ENABLE ROW LEVEL SECURITY;"
            "CREATE POLICY ikut_pekerjaan ON temuan_pekerjaan"
            " USING (EXISTS (SELECT FROM pekerjaan p WHERE p.id = pekerjaan_id));"
        ),
        # Everybody's actions are recorded; they are read inside the scope.
        migrations.RunSQL(
            wall_sql("audit", draf=True)
            + "CREATE POLICY catat ON audit FOR INSERT WITH CHECK (true);"
        ),
    ]

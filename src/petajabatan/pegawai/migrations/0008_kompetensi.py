import django.db.models.deletion
from django.db import migrations, models

from petajabatan.inti.dinding import wall_sql
from petajabatan.inti.migration_sql import audit_triggers, protect_from_delete, run_sql

TABEL = ("pegawai_diklat", "pegawai_sertifikasi")


class Migration(migrations.Migration):

    dependencies = [
        ('pegawai', '0007_b_hari'),
        ('referensi', '0005_urut_nama'),
    ]

    operations = [
        migrations.CreateModel(
            name='PegawaiDiklat',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id_siasn', models.CharField(max_length=42, null=True, unique=True)),
                ('nama', models.CharField(max_length=300)),
                ('penyelenggara', models.CharField(blank=True, default='', max_length=200)),
                ('tanggal', models.DateField(help_text='hari selesai', null=True)),
                ('tahun', models.SmallIntegerField(null=True)),
                ('jam', models.IntegerField(help_text='jam pelajaran', null=True)),
                ('sumber', models.CharField(blank=True, default='', max_length=80)),
                ('diklat', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referensi.diklat')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referensi.instansi')),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='riwayat_diklat', to='pegawai.pegawai')),
            ],
            options={
                'db_table': 'pegawai_diklat',
            },
        ),
        migrations.CreateModel(
            name='PegawaiSertifikasi',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id_siasn', models.CharField(max_length=42, null=True, unique=True)),
                ('nama', models.CharField(max_length=300)),
                ('nomor', models.CharField(blank=True, default='', max_length=100)),
                ('lembaga', models.CharField(blank=True, default='', max_length=200)),
                ('tanggal', models.DateField(null=True)),
                ('berlaku_sampai', models.DateField(help_text='hari terakhir berlaku', null=True)),
                ('sumber', models.CharField(blank=True, default='', max_length=80)),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referensi.instansi')),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='riwayat_sertifikasi', to='pegawai.pegawai')),
                ('sertifikasi', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referensi.sertifikasi')),
            ],
            options={
                'db_table': 'pegawai_sertifikasi',
            },
        ),
        *(
            migrations.RunSQL(step)
            for table in TABEL
            for step in (
                wall_sql(table, terbatas="pegawai_id = ANY((SELECT cakupan_pegawai())::bigint[])"),
                protect_from_delete(table),
                audit_triggers(table),
            )
        ),
        run_sql(__file__, "0008_kompetensi.sql"),
    ]

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from petajabatan.inti.migration_sql import run_sql


class Migration(migrations.Migration):

    dependencies = [
        ('interop', '0001_umpan'),
    ]

    operations = [
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('nama', models.CharField(max_length=80)),
                ('url', models.CharField(max_length=500)),
                ('rahasia', models.TextField(help_text='tersandi')),
                ('pemilik_id', models.BigIntegerField(db_index=True)),
                ('pengelola', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('instansi_ids', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, help_text='kosong: semua', size=None)),
                ('aktif', models.BooleanField(default=True)),
                ('dihapus', models.DateTimeField(null=True)),
                ('posisi', models.BigIntegerField(default=0)),
                ('gagal_beruntun', models.IntegerField(default=0)),
                ('coba_pada', models.DateTimeField(help_text='sesudah gagal: tidak lebih awal dari ini', null=True)),
                ('dijeda', models.DateTimeField(help_text='berhenti sendiri setelah terlalu sering gagal', null=True)),
                ('alasan_jeda', models.CharField(blank=True, default='', max_length=40)),
                ('dipegang_sampai', models.DateTimeField(help_text='sedang dikirim oleh satu pekerja', null=True)),
                ('diantre', models.DateTimeField(null=True)),
                ('dibuat', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'db_table': 'webhook',
                'indexes': [models.Index(condition=models.Q(('aktif', True), ('dihapus', None), ('dijeda', None)), fields=['id'], name='webhook_hidup')],
            },
        ),
        migrations.CreateModel(
            name='WebhookKiriman',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('nomor_dari', models.BigIntegerField()),
                ('nomor_sampai', models.BigIntegerField()),
                ('jumlah', models.IntegerField(help_text='peristiwa di dalamnya')),
                ('percobaan', models.IntegerField(default=1)),
                ('ulang', models.BooleanField(default=False, help_text='dikirim ulang dengan tangan')),
                ('status', models.SmallIntegerField(help_text='status HTTP; kosong tanpa jawaban', null=True)),
                ('galat', models.CharField(blank=True, default='', max_length=40)),
                ('durasi_ms', models.IntegerField()),
                ('coba_lagi', models.DateTimeField(null=True)),
                ('pada', models.DateTimeField()),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kiriman', to='interop.webhook')),
            ],
            options={
                'db_table': 'webhook_kiriman',
                'indexes': [models.Index(fields=['webhook', '-pada'], name='webhook_kiriman_urut')],
            },
        ),
        run_sql(__file__, "0002_webhook.sql"),
    ]

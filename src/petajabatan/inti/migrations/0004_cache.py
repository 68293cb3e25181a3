from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inti", "0003_pekerjaan")]
    operations = [
        # The table of Django's database cache, in the shape it expects.
        migrations.RunSQL(
            "CREATE TABLE cache_bersama (cache_key varchar(255) PRIMARY KEY, value text NOT NULL,"
            " expires timestamptz NOT NULL);"
            "CREATE INDEX cache_bersama_expires ON cache_bersama (expires);"
        ),
    ]

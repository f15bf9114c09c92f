from django.db import migrations

from portal.duties.initial import load


def forwards(apps, schema_editor):
    load(apps.get_model("duties", "Limit"))


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]

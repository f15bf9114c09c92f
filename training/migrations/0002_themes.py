from django.db import migrations

from training.initial import load_themes


def forwards(apps, schema_editor):
    load_themes(apps.get_model("training", "Theme"))


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]

from django.db import migrations

from pressroom.initial import load_grounds


def forwards(apps, schema_editor):
    load_grounds(apps.get_model("pressroom", "RefusalGround"))


class Migration(migrations.Migration):
    dependencies = [("pressroom", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]

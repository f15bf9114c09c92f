from django.db import migrations

from pressroom.initial import load_grounds, load_report_rules


def forwards(apps, schema_editor):
    load_grounds(apps.get_model("pressroom", "RefusalGround"))
    load_report_rules(apps.get_model("pressroom", "ReportRule"))


class Migration(migrations.Migration):
    dependencies = [("pressroom", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]

from django.db import migrations

from portal.duties.initial import load, load_holidays, load_report_rules


def forwards(apps, schema_editor):
    load(apps.get_model("duties", "Limit"))
    load_report_rules(apps.get_model("duties", "ReportRule"))
    load_holidays(apps.get_model("duties", "Holiday"))


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]

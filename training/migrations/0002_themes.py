from django.db import migrations

from training.initial import load_certificate_pattern, load_questions, load_retention, load_themes


def forwards(apps, schema_editor):
    load_themes(apps.get_model("training", "Theme"))
    load_questions(apps.get_model("training", "Question"))
    load_certificate_pattern(apps.get_model("training", "CertificatePattern"))
    load_retention(apps.get_model("training", "RetentionRule"))


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]

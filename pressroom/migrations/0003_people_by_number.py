from django.db import migrations
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext, override

#: Kinds of rows about people of the press, with the words that name one of them; see docs/decisions/0014.
KINDS = {
    "attendance": "attendance",
    "journalist": "journalist",
    "journalistapplication": "application for our releases",
    "accreditationrequest": "accreditation request",
    "foreignpressrequest": "request of foreign press",
}


def forwards(apps, schema_editor):
    """Written before history named people of the press by number: a name there would outlive being erased."""
    records = apps.get_model("history", "Record").objects
    for kind in apps.get_model("contenttypes", "ContentType").objects.filter(app_label="pressroom", model__in=KINDS):
        with override("vi"):
            words = gettext(KINDS[kind.model])
        named = Concat(Value(f"{words} "), Cast(F("object_id"), CharField()), output_field=CharField())
        records.filter(content_type=kind).update(title=named)


class Migration(migrations.Migration):
    dependencies = [
        ("pressroom", "0002_desk"),
        ("history", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]

"""What participants said, as far as it may be told."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from modeltranslation.admin import TranslationAdmin

from portal.web.deleting import KeepsWhatIsUsed
from training.actions import surveys
from training.admin.day_pages import page, run_or_refuse
from training.models import CertificatePattern, Question, Wave
from training.rules.surveys import LEAST


def survey(request: HttpRequest, pk: int) -> HttpResponse:
    event = run_or_refuse(request, pk)
    told = surveys.results(event)
    waves = [(Wave(wave).label, *surveys.asked_and_answered(event, wave), told[wave]) for wave in Wave.values]
    title = _("Survey: %(event)s") % {"event": event}
    return page(request, "training/admin/survey.html", event, {"waves": waves, "least": LEAST}, title=title)


@admin.register(Question)
class QuestionAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ("words", "wave", "kind", "position", "is_asked")
    list_filter = ("wave", "is_asked")


@admin.register(CertificatePattern)
class CertificatePatternAdmin(KeepsWhatIsUsed, admin.ModelAdmin):
    list_display = ("pattern", "valid_from", "valid_until")

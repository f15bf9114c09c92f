"""The survey as a form made of the questions of its wave."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.form_fields import TextField
from portal.web.public_forms import PublicForm
from training.models import Question

SCALE = [("1", _("1, not at all")), ("2", "2"), ("3", "3"), ("4", "4"), ("5", _("5, very much"))]


class SurveyForm(PublicForm):
    """Nothing must be answered; names are asked for nowhere."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for each in self.questions:
            self.fields[f"question-{each.pk}"] = _field(each)

    def asked(self) -> list[Any]:
        """The fields of the questions, in their order."""
        return [self[f"question-{each.pk}"] for each in self.questions]

    def given(self) -> dict[int, Any]:
        return {each.pk: self.cleaned_data.get(f"question-{each.pk}") for each in self.questions}


def _field(question: Question) -> forms.Field:
    if question.kind == Question.Kind.SCALE:
        return forms.ChoiceField(
            label=question.words, choices=SCALE, required=False, widget=forms.RadioSelect
        )
    return TextField(
        label=question.words, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

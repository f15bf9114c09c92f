"""A statement, sentence by sentence; what the ledger says of it; and whether a pasted text is ours."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.client_address import client_address
from portal.accounts.limits import may_ask
from portal.history import signatures
from portal.languages import other
from portal.search import pieces
from portal.search.models import Entry
from portal.web.pages import crumbs, in_each_language, render_page
from pressroom import authenticity, wording
from pressroom.actions import ledger
from pressroom.models import Said, Statement
from pressroom.models.numbers import written
from pressroom.views.sections import press_room, ways

ASKS_PER_HOUR = 120  # from one network address


def statement(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    return pieces.answer(
        request,
        Statement,
        pk,
        section=press_room(),
        by_number="pressroom:statement_by_number",
        show=show_statement,
    )


def show_statement(request: HttpRequest, piece: pieces.Piece) -> HttpResponse:
    """The page of a statement: each sentence with its number, which is its number in the other language too."""
    entry, pk = piece.entry, piece.entry.object_id
    begun = Entry.objects.begun(timezone.now()).filter(
        kind=entry.kind, object_id=pk, language=other(entry.language)
    )
    twin = None if piece.preview else begun.exclude(status=Entry.Status.GONE).first()
    return pieces.render_piece(
        request, "pressroom/statement_detail.html", piece, section=press_room(), seal=_seal_of(entry),
        number=written(entry.kind, [pk]).get(pk, ""), said_at=parse_datetime(entry.face.get("said_at") or ""),
        paragraphs=_side_by_side(entry, twin), twin=twin,
        signed_url="" if piece.preview else reverse("pressroom:statement_json", args=[pk]),
    )  # fmt: skip


def _seal_of(entry: Entry) -> str:
    """The seal of the very text on the page; "" as long as the ledger has not that one, and once it is taken down."""
    lines = Said.objects.filter(kind=entry.kind, object_id=entry.object_id, language=entry.language)
    newest = lines.order_by("-pk").first()
    is_shown = newest and entry.status == Entry.Status.LIVE and newest.text == ledger.text_of(entry)
    return newest.seal if is_shown else ""


def _side_by_side(entry: Entry, twin: Entry | None) -> list[list[dict[str, Any]]]:
    """The sentences with those of the other language beside them, where it has them too."""
    there = (
        {each["number"]: each["words"] for part in twin.face.get("paragraphs", []) for each in part}
        if twin
        else {}
    )
    return [
        [{**each, "twin": there.get(each["number"], "")} for each in part]
        for part in entry.face.get("paragraphs", [])
    ]


@require_safe
def statement_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line of the ledger about one statement in one language, signed, to be checked without asking us."""
    return _signed("pressroom.statement", pk)


@require_safe
def release_json(request: HttpRequest, pk: int) -> HttpResponse:
    return _signed("pressroom.pressrelease", pk)


def _signed(kind: str, pk: int) -> HttpResponse:
    begun = Entry.objects.begun(timezone.now()).filter(kind=kind, object_id=pk, language=get_language())
    if not begun.exists():
        raise Http404
    lines = Said.objects.filter(kind=kind, object_id=pk, language=get_language()).order_by("pk")
    signed = [
        {"said": ledger.content_of(line), "seal": line.seal, "signature": line.signature} for line in lines
    ]
    answer = {"algorithm": "Ed25519 over the hexadecimal SHA-256 of canonical JSON", "lines": signed,
              "public_key": signatures.public_key()}  # fmt: skip
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 1})


class PastedForm(forms.Form):
    """A text somebody has, and wonders about."""

    text = forms.CharField(
        label=gettext_lazy("The text"), max_length=2 * wording.LONGEST, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Nothing of it is kept."),
    )  # fmt: skip


@never_cache
def authentic(request: HttpRequest) -> HttpResponse:
    """Is this text authentic? What is pasted is compared and forgotten."""
    form = PastedForm(request.POST or None)
    verdict, status = None, 200
    if request.method == "POST" and form.is_valid():
        if may_ask("authentic", client_address(request), ASKS_PER_HOUR):
            verdict = authenticity.judge(form.cleaned_data["text"])
        else:
            form.add_error(None, _("Too many texts in an hour from your network. Please try again later."))
            status = 429
    context = {
        "form": form, "verdict": verdict, "public_key": signatures.public_key(), "ways": ways("authentic"),
        "breadcrumbs": crumbs(press_room()),
    }  # fmt: skip
    return render_page(
        request, "pressroom/authentic.html", context, title=_("Is this text authentic?"),
        twins=in_each_language("pressroom:authentic"), status=status,
    )  # fmt: skip

"""The public page of a certificate: everything that was certified, so that an altered paper is seen at once."""

import re
from datetime import date
from hmac import compare_digest
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.history import signatures
from portal.languages.dates import short_day
from portal.printing import NotTypeset
from portal.web.personal import personal_page
from training.models import Certificate
from training.printing import certificates as printing
from training.rules.certificates import ended_on
from training.views.sections import training

CODE = re.compile(r"(\d{4})-(\d{1,9})-([A-Z2-7]{16})")


class NoSuchCertificate(Http404):
    """A code cut short, mistyped, or made up; for all the same words."""

    for_readers = True

    def __str__(self) -> str:
        return _(
            "No certificate has this code. Compare it letter by letter with the one printed under the square."
        )


def find(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in; and how a certificate is checked without us."""
    typed = request.GET.get("code", "")[:80]
    if CODE.fullmatch(_tidy(typed)) and _found(typed):
        return HttpResponseRedirect(reverse("training:certificate", args=[_tidy(typed)]))
    context = {"typed": typed, "public_key": signatures.public_key()}
    return personal_page(
        request, "training/certificate_find.html", context, title=_("Check a certificate"), section=training()
    )


def certificate(request: HttpRequest, code: str) -> HttpResponse:
    found = _certificate_or_404(code)
    context = {
        "certificate": found,
        "chain": _chain(found),
        "ended_on": ended_on(found),
        **_in_words(found.facts),
    }
    title = _("Certificate %(number)s") % {"number": found.printed}
    return personal_page(
        request, "training/certificate_detail.html", context, title=title, section=training()
    )


def _in_words(facts: dict[str, Any]) -> dict[str, Any]:
    language = get_language() or "vi"
    return {
        "facts": facts,
        "days": printing.days_of(facts, language),
        "hours": printing.hours_in_words(facts, language),
        "issued_on": short_day(date.fromisoformat(facts["issued"]), language),
        "title": facts["title"][language],
        "form": facts["form"][language],
        "place": facts["place"][language],
        "signer_title": facts["signer"][language],
        "issuer": facts["issuer"][language],
    }


def signed(request: HttpRequest, code: str) -> HttpResponse:
    """The facts, the signature and our public key, to be checked by other people's programs."""
    found = _certificate_or_404(code)
    answer = {
        "algorithm": "Ed25519 over the canonical JSON of facts (sorted keys, no spaces, UTF-8)",
        "facts": found.facts, "signature": found.signature, "public_key": signatures.public_key(),
        "valid": found.is_valid,
    }  # fmt: skip
    return _private(JsonResponse(answer, json_dumps_params={"ensure_ascii": False}))


def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate to be printed, as long as it is valid."""
    found = _certificate_or_404(code)
    if not found.is_valid:
        raise NoSuchCertificate
    try:
        content = printing.pdf(found)
    except NotTypeset:
        raise NoSuchCertificate from None
    headers = {"Content-Disposition": f'attachment; filename="{found.year}-{found.number}.pdf"'}
    return _private(HttpResponse(content, content_type="application/pdf", headers=headers))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _tidy(code: str) -> str:
    return re.sub(r"\s", "", code).upper()


def _certificate_or_404(code: str) -> Certificate:
    if found := _found(code):
        return found
    raise NoSuchCertificate


def _found(code: str) -> Certificate | None:
    """Number and check must both be right: nobody goes through the numbers."""
    said = CODE.fullmatch(_tidy(code))
    if not said:
        return None
    rows = Certificate.objects.select_related("replaces", "replaced_by")
    found = rows.filter(check_code=said[3]).first()
    right = found and compare_digest(found.address_code, "-".join(said.groups()))
    return found if right else None


def _chain(found: Certificate) -> list[Certificate]:
    """Every certificate it stands in place of, or that stands in its place, the first issued first."""
    first = found
    while first.replaces:
        first = first.replaces
    chain = [first]
    while following := Certificate.objects.filter(replaces=chain[-1]).first():
        chain.append(following)
    return chain

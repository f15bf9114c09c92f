"""Where the press finds the house: the spokesperson, offices to call, the channels that are really ours."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.languages.dates import vietnamese_day
from portal.web.pages import crumbs, in_each_language, render_page
from pressroom.models import OfficialChannel, PressContact, Spokesperson
from pressroom.views.sections import press_room, ways


@dataclass(frozen=True)
class Card:
    """A spokesperson as readers see one: the title of the day."""

    row: Spokesperson
    name: str
    title: str


def current_spokespersons() -> list[Card]:
    """Who speaks today and has been named, each with the title held today; the spokesperson before delegates."""
    today = vietnamese_day(timezone.now())
    rows = Spokesperson.objects.speaking_on(today).exclude(named_at=None)
    cards = [_card(row, today) for row in rows.select_related("person").prefetch_related("person__offices")]
    return sorted(cards, key=lambda card: card.row.is_delegation)


@require_safe
def spokesperson(request: HttpRequest) -> HttpResponse:
    """Decree 244/2026/ND-CP, Article 3: name, post, telephone, official e-mail; delegations with their days; former ones."""
    today = vietnamese_day(timezone.now())
    former = Spokesperson.objects.former(today).exclude(named_at=None)
    context = {
        "cards": current_spokespersons(),
        "former": [
            _card(row, row.until)
            for row in former.select_related("person").prefetch_related("person__offices")
        ],
    }
    return _page(request, "spokesperson", "pressroom/spokesperson.html", context, title=_("Spokesperson"))


def _card(row: Spokesperson, day: object) -> Card:
    language = get_language() or "en"
    return Card(row, row.person.addressed(language), row.person.title_on(day, language))


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    rows = [row for row in PressContact.objects.all() if row.name]
    return _page(
        request, "contacts", "pressroom/contacts.html", {"contacts": rows}, title=_("Press contacts")
    )


@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """Decree 224/2026/ND-CP, Article 10: the ministry's channels besides this portal are listed."""
    today = vietnamese_day(timezone.now())
    context = {
        "channels": OfficialChannel.objects.ours_on(today),
        "former": OfficialChannel.objects.former(today),
    }
    return _page(request, "channels", "pressroom/channels.html", context, title=_("Official channels"))


def _page(request: HttpRequest, name: str, template: str, context: dict, *, title: str) -> HttpResponse:
    shown = {**context, "ways": ways(name), "breadcrumbs": crumbs(press_room())}
    return render_page(request, template, shown, title=title, twins=in_each_language(f"pressroom:{name}"))

"""The issues of the bulletin as a feed, for readers' programs."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.search.models import Entry
from portal.web.models import SiteIdentity
from publications.models import Bulletin

MOST = 20


class Issues(Feed):
    """The newest issues in the active language. One object serves all threads: it keeps nothing of a request."""

    feed_type = Atom1Feed

    def title(self) -> str:
        site = SiteIdentity.objects.first()
        return f"{_('Bulletin')} – {site.ministry_name}" if site else _("Bulletin")

    def subtitle(self) -> str:
        return _("Each quarter’s issue, when it appears.")

    def link(self) -> str:
        return reverse("publications:bulletins")

    def items(self) -> list[Entry]:
        of_bulletins = Entry.objects.in_language(get_language()).filter(
            section="publications", shelf_id=Bulletin.SHELF
        )
        return list(of_bulletins.listed(timezone.now()).newest().for_cards()[:MOST])

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return item.summary

    def item_link(self, item: Entry) -> str:
        return item.url

    def item_pubdate(self, item: Entry) -> datetime:
        return item.visible_from

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated_at or item.visible_from

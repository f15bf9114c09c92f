"""The column “topics” of a directory file: which topics the holder of a post wants to hear of."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.models import Post
from portal.mailing.actions import interesting
from portal.mailing.models import Interest
from portal.search.models import Topic


class TopicsColumn:
    """The addresses of topics (slugs, in either language), with a semicolon between them."""

    name = "topics"
    sentence = gettext_noop("New interests: %(after)s.")
    help = gettext_lazy(
        "Under “topics” stand the addresses of topics, with a semicolon between them: what the post wants to hear of."
    )

    def __init__(self) -> None:
        topics = list(Topic.objects.all())
        self._topics = {slug: topic for topic in topics for slug in (topic.slug_vi, topic.slug_en) if slug}
        self._slugs = {topic.pk: topic.slug_en or topic.slug_vi for topic in topics}
        self._known: dict[int, set[int]] = {}
        for post, topic in Interest.objects.values_list("post", "topic"):
            self._known.setdefault(post, set()).add(topic)

    def added(self, cell: str, post: Post | None) -> str:
        known = self._known.get(post.pk, set()) if post else set()
        return self._written({topic.pk for topic in self._read(cell)} - known)

    def said_of(self, post: Post) -> str:
        return self._written(self._known.get(post.pk, set()))

    def bring(self, said: Iterable[tuple[Post, str]], *, by: User | None, now: datetime) -> None:
        interesting.add_interests([(post, self._read(cell)) for post, cell in said], by=by, now=now)

    def _read(self, cell: str) -> list[Topic]:
        slugs = [slug.strip().lower() for slug in cell.split(";") if slug.strip()]
        if unknown := [slug for slug in slugs if slug not in self._topics]:
            raise Refused(_("There is no topic “%(slugs)s”.") % {"slugs": "”, “".join(unknown)[:200]})
        return [self._topics[slug] for slug in slugs]

    def _written(self, topics: set[int]) -> str:
        return "; ".join(slug for pk, slug in self._slugs.items() if pk in topics)

"""The list of publishable things: working copies left out, found without diacritics."""

from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from portal.editorial.models import PublishableQuerySet
from portal.languages.folding import fold
from portal.search.models import Entry

MOST_DRAFTS = 2_000  # texts never released that are searched by their folded headline, the newest first


class PublishableList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: list[str] | None = None) -> QuerySet:
        return super().get_queryset(request, exclude_parameters).filter(working_copy_of=None)


def matching(queryset: PublishableQuerySet, words: str) -> PublishableQuerySet:
    """Those whose headline in either language holds every word, in any case, with or without diacritics.

    What was ever released is found through the read side, which keeps folded headlines; the rest, what
    is being worked on now and not the archive, is folded here.
    """
    wanted = fold(words).split()
    if not wanted:
        return queryset
    released = Entry.objects.filter(
        content_type=ContentType.objects.get_for_model(queryset.model), object_id=OuterRef("pk")
    )
    found = released
    for word in wanted:
        found = found.filter(title_folded__contains=word)
    in_work = queryset.model._default_manager.originals().filter(~Exists(released)).order_by("-pk")
    titles = in_work.values_list("pk", "title_vi", "title_en")[:MOST_DRAFTS]
    drafts = [pk for pk, *both in titles if any(_holds(title, wanted) for title in both)]
    return queryset.filter(Exists(found) | Q(pk__in=drafts))


def _holds(title: str | None, words: list[str]) -> bool:
    folded = fold(title or "")
    return all(word in folded for word in words)

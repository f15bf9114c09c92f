"""What the holders of posts want to hear of: whom lists by topic reach."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.directory.models import Post
from portal.history.actions import new_record, write
from portal.mailing.models import Interest
from portal.search.models import Topic


@transaction.atomic
def add_interests(wanted: Sequence[tuple[Post, Sequence[Topic]]], *, by: User | None, now: datetime) -> None:
    """Each post hears of these topics too; of a topic named twice it hears once."""
    Interest.objects.bulk_create(
        (Interest(post=post, topic=topic) for post, topics in wanted for topic in topics),
        ignore_conflicts=True, batch_size=500,
    )  # fmt: skip
    record_interests([post for post, _topics in wanted], by=by, now=now)


def record_interests(posts: Sequence[Post], *, by: User | None, now: datetime) -> None:
    """Write down what each hears of by now."""
    topics: dict[int, list[int]] = {}
    for post, topic in Interest.objects.filter(post__in=posts).order_by("topic").values_list("post", "topic"):
        topics.setdefault(post, []).append(topic)
    write(new_record(post, "interests", by=by, now=now, topics=topics.get(post.pk, [])) for post in posts)

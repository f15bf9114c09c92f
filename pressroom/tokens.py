"""Personal links: signed, so that nobody makes one up; what they open is asked of the database each time."""

from django.core import signing

from pressroom.models import Copy

_COPY = signing.Signer(salt="pressroom.copy", sep=".")


def of_copy(copy: Copy) -> str:
    return _COPY.sign(str(copy.pk))


def copy_of(token: str) -> Copy | None:
    """The copy a token leads to; None for what we have not signed."""
    try:
        pk = _COPY.unsign(token)
    except signing.BadSignature:
        return None
    return Copy.objects.select_related("journalist__outlet", "terms").filter(pk=pk).first()

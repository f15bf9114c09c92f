"""Which way letters leave this installation."""

from django.conf import settings

from portal.mailing import dkim
from portal.mailing.relays import RelayConnection
from portal.mailing.transport import Connection, FolderConnection, SmtpConnection, Unreachable


def connect() -> Connection:
    """The server named in the environment, else a backend of Django named there, else a folder. Raises Unreachable.

    So it does when letters are to be signed and cannot be: they wait, rather than leave without a signature.
    """
    try:
        dkim.installed()
    except dkim.NoKey as problem:
        raise Unreachable(f"DKIM: {problem}") from problem
    if settings.EMAIL_HOST:
        return SmtpConnection()
    return RelayConnection(settings.MAIL_BACKEND) if settings.MAIL_BACKEND else FolderConnection()

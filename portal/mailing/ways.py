"""Which way letters leave this installation."""

from django.conf import settings

from portal.mailing.relays import RelayConnection
from portal.mailing.transport import Connection, FolderConnection, SmtpConnection


def connect() -> Connection:
    """The server named in the environment, else a backend of Django named there, else a folder. Raises Unreachable."""
    if settings.EMAIL_HOST:
        return SmtpConnection()
    return RelayConnection(settings.MAIL_BACKEND) if settings.MAIL_BACKEND else FolderConnection()

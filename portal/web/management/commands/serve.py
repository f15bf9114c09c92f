"""`manage.py serve`: prepares this machine's portal and runs all its parts. `bin/run` ends here."""

import gc
import os
import sys
from functools import partial
from pathlib import Path
from socket import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections
from django.urls import get_resolver
from django.utils import translation

from portal.celery import app as celery
from portal.languages.catalogues import freshness
from portal.web.serving import address, parts, preparation, together

GRACE_SECONDS = 10


class Command(BaseCommand):
    help = "Serve the portal from this machine alone: HOST (127.0.0.1), PORT (8000), PORTAL_VAR (var/)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("PORTAL_PRODUCTION is set: deploy/README.md tells how production is served.")
        try:
            listener = address.listen(os.environ)
            claimed = preparation.claim(settings.VAR_DIR)
            taken = self._prepare()
        except (address.Unusable, preparation.Unprepared, DatabaseError) as problem:
            raise CommandError(str(problem)) from problem
        self._welcome(address.url(listener))
        with listener, claimed:
            self._serve(listener, taken)

    def _prepare(self) -> Path:
        if freshness.stale():
            call_command("messages", compile=True)
            # Django may have read the old catalogues by now, so begin again with the new ones.
            os.execv(sys.executable, sys.orig_argv)  # noqa: S606
        preparation.prepare_database(self.stdout.write)
        return preparation.empty_queue(settings.QUEUE_DIR)

    def _serve(self, listener: socket, taken: Path) -> None:
        settings.ALLOWED_HOSTS += address.names(listener)
        application = get_wsgi_application()
        _ = get_resolver().url_patterns  # loads every view now, so that the parts share its memory
        connections.close_all()
        gc.collect()
        gc.freeze()
        together.run(
            {
                "web server": partial(parts.web, application, listener.fileno()),
                "worker": partial(parts.worker, celery, taken),
            },
            grace=GRACE_SECONDS,
        )

    def _welcome(self, url: str) -> None:
        server, folder = settings.EMAIL_HOST, settings.EMAIL_FILE_PATH
        mail = f"through {server}" if server else f"as files in {folder}"
        self.stdout.write(f"\nPortal   {url}\nStaff    {url}admin/\nMail     {mail}")
        with translation.override("en"):  # as all that bin/run says
            call_command("load_demo", sign_ins=True, stdout=self.stdout)
        self.stdout.write("\nCtrl-C stops everything.")
        self.stdout.flush()

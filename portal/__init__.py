"""The platform: packages that know no section by import. Celery finds its application here."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]

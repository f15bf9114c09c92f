"""Loaded before the settings (see addopts): the tests have a folder of their own and need nothing set."""

import os
import tempfile

from portal.languages.catalogues import freshness, texts

for catalogue in freshness.stale():
    texts.compile(catalogue)

# Each of several processes has a folder and a Redis database: no one clears what another counts on.
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker or "PORTAL_VAR" not in os.environ:
    os.environ["PORTAL_VAR"] = tempfile.mkdtemp(prefix="portal-tests-")
os.environ.setdefault("PORTAL_LOG_LEVEL", "ERROR")
if url := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url
if url := os.environ.get("TEST_REDIS_URL"):
    os.environ["REDIS_URL"] = f"{url.rstrip('/')}/{worker.removeprefix('gw')}" if worker else url

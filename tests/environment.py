"""Loaded before the settings (see addopts): the tests have a folder of their own and need nothing set."""

import os
import tempfile

os.environ.setdefault("PORTAL_VAR", tempfile.mkdtemp(prefix="portal-tests-"))
os.environ.setdefault("PORTAL_LOG_LEVEL", "ERROR")
if url := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url
if url := os.environ.get("TEST_REDIS_URL"):
    os.environ["REDIS_URL"] = url

"""A real browser before a real server; and which journeys need the servers of production."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from tests import make, servers
from tests.journeys.arrangement import Arrangement, collect_static

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Nothing but the pages asked for: no update, no look around in the network, no protocol nobody serves here.
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
)
PATIENCE_MS = 30_000  # another suite may be running beside this one


@dataclass
class Watch:
    """What a browser said and asked for while its pages were looked at."""

    complaints: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("response", self._note)

    def origins(self) -> set[str]:
        """Whom the pages asked for anything."""
        addresses = [urlsplit(answer.url) for answer in self.answers]
        return {f"{address.scheme}://{address.netloc}" for address in addresses if address.scheme != "data"}

    def _note(self, answer: Response) -> None:
        self.answers.append(answer)

    def _hear(self, message: ConsoleMessage) -> None:
        """Whatever is worse than talk; that a page itself is gone is its answer, not a complaint."""
        about_itself = message.page is not None and message.location["url"] == message.page.url
        if message.type in {"error", "warning"} and not about_itself:
            self.complaints.append(message.text)


OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    path = os.environ.get("TEST_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop running in this thread, where Django would not ask the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIETLY))
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def open_page(browser: Browser, live_server, watch: Watch) -> Iterator[OpenPage]:
    """`open_page(**options)` gives a page of a reader of its own: an incognito window, watched by `watch`."""
    contexts = []

    def open_one(**options) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="vi-VN", **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        watch.over(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def static(tmp_path_factory, django_db_setup) -> Path:
    folder = tmp_path_factory.mktemp("portal")
    collect_static(folder)
    return folder / "static"


@pytest.fixture
def redis(tmp_path) -> Iterator[ExitStack]:
    """A Redis of one's own, which `close()` stops; `redis.url` is its address."""
    with ExitStack() as running:
        running.url = running.enter_context(servers.redis_server(tmp_path))
        yield running


@pytest.fixture
def portal(transactional_db, tmp_path, static, redis) -> Iterator[Arrangement]:
    var = tmp_path / "var"
    var.mkdir()
    (var / "static").symlink_to(static)
    arrangement = Arrangement(var, redis.url)
    make.identity()
    yield arrangement
    arrangement.stop()
    print(arrangement.said())

"""A reader, or a member of staff, who follows every link there is."""

import re
from collections.abc import Callable, Iterable
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client

_LINK = re.compile(r"""\s(?:href|src|action)=["']([^"'#]+)|<(?:loc|link|id)>([^<]+)<|"url": "([^"]+)\"""")


def crawl(
    client: Client, begin: Iterable[str], *, left_out: Callable[[str], bool], most: int
) -> dict[str, str]:
    """Address → what it answers, of everything that can be reached."""
    waiting, seen = list(begin), {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen or left_out(address):
            continue
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode("utf-8", "replace")
        seen[address] = f"{text} {dict(answer.headers)}"
        waiting += [link for link in _links(address, text, answer) if link not in seen]
    assert len(seen) < most, "the crawl found no end"
    return seen


def _links(address: str, text: str, answer) -> Iterable[str]:
    found = [unescape(next(filter(None, match))) for match in _LINK.findall(text)]
    for link in (*found, answer.headers.get("Location", "")):
        target = urlsplit(urljoin(f"http://testserver{address}", link))
        if target.netloc == "testserver" and target.scheme == "http":
            yield target.path + (f"?{target.query}" if target.query else "")


def telling(pages: dict[str, str], word: str) -> list[str]:
    """The addresses whose answer holds the word."""
    return [address for address, said in pages.items() if word.lower() in said.lower()]

"""The catalogues themselves: read, merged with what the sources use, checked, written and compiled."""

import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal.languages import LANGUAGES
from portal.languages.catalogues.freshness import ROOT
from portal.languages.catalogues.sources import Message, Use

Key = tuple[str | tuple[str, str], str | None]  # a message's text and its context, as Babel keeps them
SOURCE_LANGUAGE = "en"
NO_WRAPPING = 0
# A header of its own: gettext's has dates and addresses, which change with every run and say nothing.
HEADER = r"""# The portal's words. `manage.py messages` brings them up to date and keeps what is translated.
msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plural_forms}\n"

"""


def path_of(language: str) -> Path:
    """Where a language's catalogue lies."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue as it is written; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merge(language: str, used: Mapping[Message, Use]) -> Catalog:
    """The catalogue with exactly the messages used; translations are kept, English translates itself."""
    old, merged = read(language), Catalog(locale=language)
    for message, use in used.items():
        known = old.get(_id(message), message.context or None)
        merged.add(
            _id(message),
            string=_translation(merged, message, known),
            locations=[(place, None) for place in use.places],
            auto_comments=use.comments,
            user_comments=known.user_comments if known else (),
            flags={"fuzzy"} if known and known.fuzzy else (),
            context=message.context or None,
        )
    return merged


def write(language: str, catalogue: Catalog) -> bool:
    """Write the catalogue unless the file says the same already; answers whether it did."""
    entries = io.BytesIO()
    write_po(entries, catalogue, width=NO_WRAPPING, sort_by_file=True, include_lineno=False, omit_header=True)
    header = HEADER.format(language=language, plural_forms=catalogue.plural_forms)
    text, path = header.encode() + entries.getvalue(), path_of(language)
    if path.exists() and path.read_bytes() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    return True


def problems(used: Mapping[Message, Use]) -> Iterator[str]:
    """A line for every message that is missing, empty, fuzzy or no longer used, in any language."""
    for language in LANGUAGES:
        catalogue = read(language)
        wanted = {(_id(message), message.context or None) for message in used}
        written = {(entry.id, entry.context) for entry in catalogue if entry.id}
        yield from (f"{language}: missing: {_shown(entry)}" for entry in _in_order(wanted - written))
        yield from (f"{language}: not used: {_shown(entry)}" for entry in _in_order(written - wanted))
        yield from (f"{language}: not used: {entry.id!r}" for entry in catalogue.obsolete.values())
        for entry in catalogue:
            if entry.id and entry.fuzzy:
                yield f"{language}: fuzzy: {entry.id!r}"
            elif entry.id and not all(strings(entry)):
                yield f"{language}: not translated: {entry.id!r}"


def strings(entry: Entry) -> tuple[str, ...]:
    """The translations of an entry: one, or one for each plural form of its language."""
    return entry.string if isinstance(entry.string, tuple) else (entry.string,)


def compile(catalogue: Path) -> Path:
    """Write the compiled twin (.mo) beside a catalogue; a reader finds the old one or the new one, whole."""
    target = catalogue.with_suffix(".mo")
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    with catalogue.open("rb") as text, beside.open("wb") as compiled:
        write_mo(compiled, read_po(text, locale=catalogue.parts[-3]))
    beside.replace(target)
    return target


def _id(message: Message) -> str | tuple[str, str]:
    return (message.one, message.many) if message.many else message.one


def _translation(catalogue: Catalog, message: Message, known: Entry | None) -> str | tuple[str, ...]:
    if known and bool(known.pluralizable) == bool(message.many) and all(strings(known)):
        return known.string
    if str(catalogue.locale) == SOURCE_LANGUAGE:
        return _id(message)
    return ("",) * catalogue.num_plurals if message.many else ""


def _in_order(entries: set[Key]) -> list[Key]:
    return sorted(entries, key=repr)


def _shown(entry: Key) -> str:
    message, context = entry
    return f"{message!r} (in the context {context!r})" if context else repr(message)

"""The identifiers and addresses of an entry: out of whatever its document writes in their place."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from papershelf.core import web_urls
from papershelf.core.problems import Location, Problem
from papershelf.core.web_urls import WebUrlError
from papershelf.sources.parsed import Entry
from papershelf.text import identifiers, links
from papershelf.text.identifiers import IdentifierKind, WorkId

_KINDS: Final[tuple[IdentifierKind, ...]] = ("arxiv", "doi", "openreview")
_NAMES: Final = {"arxiv": "an arXiv id", "doi": "a DOI", "openreview": "an OpenReview id"}
_SHOWN: Final = 100
_HOST: Final = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)
_TO_ENCODE: Final = re.compile(r"[ <>\"'`\\{}|^]")


def entry_ids(entry: Entry, at: Location) -> tuple[dict[str, str | None], list[Problem]]:
    """The values of `arxiv`, `doi`, `openreview`, `url` and `pdf`, None if unknown, and warnings.

    Identifiers that have a field of their own come before those that the page, the text and the venue tell;
    links are asked if nothing else tells one. What is no identifier and no address is left out.
    """
    found: dict[IdentifierKind, str] = {}
    problems: list[Problem] = []
    for kind in _KINDS:
        raw = getattr(entry, kind)
        if raw and (own := identifiers.parse_as(kind, raw)):
            found.setdefault(own.kind, own.value)
        elif raw:
            text = f"{kind}: '{raw[:_SHOWN]}' is not {_NAMES[kind]}; left out"
            problems.append(Problem(at, text, severity="warning"))
    for told in _told(entry, is_known=bool(found)):
        found.setdefault(told.kind, told.value)
    values: dict[str, str | None] = {kind: found.get(kind) for kind in _KINDS}
    for name, raw in (("url", entry.url), ("pdf", entry.pdf)):
        try:
            values[name] = _address(raw) if raw else None
        except WebUrlError as error:
            values[name] = None
            if raw and not identifiers.parse(raw):
                text = f"{name}: {_without_password(raw)} {error.message}; left out"
                problems.append(Problem(at, text, severity="warning"))
    return values, problems


def _told(entry: Entry, *, is_known: bool) -> Iterator[WorkId]:
    """What page, text and venue tell; else what the links tell, if that is one work only."""
    told = [each for raw in (entry.url, entry.pdf, entry.venue) if raw and (each := identifiers.parse(raw))]
    yield from told
    if not told and not is_known:
        works = (raw for raw in entry.links if links.kind(raw) in (None, "project"))
        linked = [each for raw in works if (each := identifiers.parse(raw))]
        kinds = [each.kind for each in {each.key: each for each in linked}.values()]
        yield from (each for each in linked if kinds.count(each.kind) == 1)


def _address(raw: str) -> str:
    """The address with what browsers would encode encoded; raises WebUrlError if it cannot be followed."""
    raw = raw.strip()
    with_scheme = f"https://{raw}" if _HOST.match(raw) else raw
    scheme, colon, rest = with_scheme.partition(":")
    encoded = scheme.lower() + colon + _TO_ENCODE.sub(lambda match: quote(match[0]), rest)
    if len(encoded) > links.MAX_URL:
        raise WebUrlError("is too long", "")
    return web_urls.checked(encoded)


def _without_password(raw: str) -> str:
    return "the address" if "@" in raw else f"'{raw[:_SHOWN]}'"

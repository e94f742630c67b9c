"""Reader of the Atom that arXiv's API answers with, saved from export.arxiv.org/api/query."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from papershelf.core.problems import Location, Problem
from papershelf.sources.arxiv_feed import abstract_of_announcement, identifier, links_in, venue_in, withdrawal
from papershelf.sources.checked import checked
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import iso_date, quoted
from papershelf.sources.xml_documents import (
    Element,
    child_text,
    child_texts,
    children,
    head,
    line_of,
    load,
    root_name,
)

_ERROR: Final = "arxiv.org/api/errors"
_ASKED: Final = re.compile(r"\bid_list=(?P<ids>[^&\s]+)")
_VERSION: Final = re.compile(r"v[0-9]+$")


def _mismatch(text: str) -> str:
    root = root_name(text)
    if root != "feed":
        return "is no Atom feed" if root else "is no XML"
    return "" if "arxiv.org/" in head(text) else "is a feed, but not of arXiv"


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    document = load(text, file)
    found, problems = document.records("entry")
    papers = [entry for entry in found if _ERROR not in child_text(entry, "id")]
    errors = [_refused(entry, file) for entry in found if _ERROR in child_text(entry, "id")]
    entries = tuple(map(_entry, papers))
    withdrawn = (
        each for entry in papers for each in withdrawal(child_text(entry, "comment"), line_of(entry), file)
    )
    missing = _missing(document.root, entries, file) if document.root is not None and not errors else ()
    return ParsedDocument(
        entries=entries,
        title="arXiv",
        captured=options.captured,
        problems=(*problems, *errors, *missing, *withdrawn),
    )


def _refused(entry: Element, file: str) -> Problem:
    message = f"arXiv answered with an error: {quoted(child_text(entry, 'summary'))}"
    return Problem(Location(file, line_of(entry)), message, "correct the id and ask arXiv again")


def _missing(feed: Element, entries: Sequence[Entry], file: str) -> Iterator[Problem]:
    """Ids that were asked for and that arXiv left out without a word."""
    asked = _ASKED.search(child_text(feed, "title"))
    is_whole = child_text(feed, "totalResults") == str(len(entries))
    given = {_VERSION.sub("", entry.arxiv or "") for entry in entries}
    for known in asked["ids"].split(",") if asked and is_whole else ():
        if _VERSION.sub("", known) not in given:
            text = f"arXiv has no paper with the id {quoted(known)}, for which it was asked"
            yield Problem(Location(file, line_of(feed)), text, "correct the id and ask arXiv again")
    if not asked and not entries:
        text = "the feed has no papers: arXiv found none"
        yield Problem(Location(file, line_of(feed)), text, "ask for something else", "warning")


def _entry(entry: Element) -> Entry:
    comment = child_text(entry, "comment")
    is_announced = bool(child_text(entry, "announce_type"))
    is_first = child_text(entry, "announce_type") in {"", "new"}
    venue = child_text(entry, "journal_ref") or venue_in(comment)
    doi = child_text(entry, "doi", "DOI") or None
    return Entry(
        line=line_of(entry),
        title=child_text(entry, "title"),
        abstract=abstract_of_announcement(child_text(entry, "summary")) or None,
        authors=_authors(entry, is_announced=is_announced),
        published=iso_date(child_text(entry, "published")) if is_first else None,
        arxiv=identifier(child_text(entry, "id")),
        doi=doi,
        links=links_in(comment),
        venue=venue,
        categories=_categories(entry),
        type=None if venue or doi else "preprint",
    )


def _authors(entry: Element, *, is_announced: bool) -> tuple[str, ...]:
    names = (child_text(author, "name") for author in children(entry, "author"))
    creators = (name for line in child_texts(entry, "creator") for name in line.split(", "))
    return tuple(filter(None, map(str.strip, creators if is_announced else names)))


def _categories(entry: Element) -> tuple[str, ...]:
    """The categories, the primary one first."""
    tags = (*children(entry, "primary_category"), *children(entry, "category"))
    return tuple(dict.fromkeys(term for tag in tags if (term := tag.attrib.get("term", "").strip())))


READER = checked(
    Reader(
        "arxiv-atom",
        "Atom of arXiv's API, saved from export.arxiv.org/api/query",
        _mismatch,
        _read,
    )
)

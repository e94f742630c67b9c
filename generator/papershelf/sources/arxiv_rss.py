"""Reader of arXiv's RSS: what was announced on one day, saved from rss.arxiv.org."""

import re
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Final

from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.arxiv_feed import abstract_of_announcement, identifier
from papershelf.sources.checked import checked
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.short_dates import written_out
from papershelf.sources.xml_documents import (
    Element,
    child_text,
    child_texts,
    head,
    line_of,
    load,
    name_of,
    root_name,
)
from papershelf.text import slug

_SOURCES: Final = ("rss.arxiv.org", "export.arxiv.org/rss", "updates on arXiv.org")
_BETWEEN_NAMES: Final = re.compile(r",\s+(?!(?:Jr|Sr|II|III|IV)\b)")
_SUBJECT: Final = re.compile(r"^(?P<subject>\S+) updates on arXiv\.org")


def _mismatch(text: str) -> str:
    root = root_name(text)
    if root not in {"rss", "RDF"}:
        return "is no RSS" if root else "is no XML"
    return "" if any(each in head(text) for each in _SOURCES) else "is RSS, but not of arXiv"


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    document = load(text, file)
    found, problems = document.records("item")
    channels = (
        [each for each in document.root if name_of(each) == "channel"] if document.root is not None else []
    )
    channel = channels[0] if channels else None
    day = _day(child_text(channel, "pubDate", "lastBuildDate")) if channel is not None else None
    title = child_text(channel, "title") if channel is not None else ""
    subject = _SUBJECT.match(title)
    if document.root is not None and not found and not problems:
        message = "the feed has no papers: arXiv announces none on Saturdays, Sundays and holidays"
        problems = (Problem(Location(file, 1), message, "take the feed of another day", "warning"),)
    return ParsedDocument(
        entries=tuple(map(_entry, found)),
        title=f"{title or 'arXiv'}{f', {written_out(day)}' if day else ''}",
        listing_id=slug(f"arxiv {subject['subject']} {day}") if subject and day else None,
        captured=options.captured or day,
        problems=problems,
    )


def _day(written: str) -> date | None:
    try:
        return parsedate_to_datetime(written).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _entry(item: Element) -> Entry:
    """The date is that of a new paper's announcement: others tell of a later version or a further subject."""
    day = _day(child_text(item, "pubDate")) if child_text(item, "announce_type") == "new" else None
    doi, venue = child_text(item, "DOI") or None, child_text(item, "journal_reference") or None
    creators = child_texts(item, "creator")
    return Entry(
        line=line_of(item),
        title=child_text(item, "title"),
        abstract=abstract_of_announcement(child_text(item, "description")) or None,
        authors=tuple(
            name.strip() for line in creators for name in _BETWEEN_NAMES.split(line) if name.strip()
        ),
        published=PartialDate.of(day) if day else None,
        arxiv=identifier(child_text(item, "link")) or identifier(child_text(item, "guid")),
        doi=doi,
        venue=venue,
        categories=tuple(dict.fromkeys(child_texts(item, "category"))),
        type=None if venue or doi else "preprint",
    )


READER = checked(
    Reader(
        "arxiv-rss",
        "RSS of arXiv's announcements, saved from rss.arxiv.org",
        _mismatch,
        _read,
    )
)

"""Reader of OpenReview's notes, as the first API gives them and as the second does, each value wrapped."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from papershelf.core.model import WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.checked import checked
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import (
    date_of_milliseconds,
    inner,
    items,
    objects,
    quoted,
    read_works,
    sorted_out,
    text,
    texts,
)

_LONGEST_VENUE: Final = 300
_DATES: Final = ("pdate", "odate", "cdate", "tcdate")
_LINKS: Final = ("code", "software", "dataset", "datasets", "project_page", "project", "github", "code_url")
_NOT_ACCEPTED: Final = re.compile(
    r"\b(?:submitted to|under review|submission|reject(?:ed)?|withdrawn|withdraw)\b", re.IGNORECASE
)
_DROPPED: Final = re.compile(r"\b(?:withdrawn|withdraw|desk[ -]reject(?:ed)?|reject(?:ed)?)\b", re.IGNORECASE)
_PRESENTED: Final = re.compile(
    r"\s+(?:conference\s+)?(?:oral|spotlight|poster|talk|notable[- ]top[- ]\d+%)(?:\s+presentation)?\s*$",
    re.IGNORECASE,
)
_ACCEPTED_BY: Final = re.compile(r"^accepted (?:by|at|to)\s+", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_BIBTEX_TYPE: Final = re.compile(r"\s*@(\w+)\s*\{")
_BIBTEX_VENUE: Final = re.compile(r"\b(?:booktitle|journal)\s*=\s*\{(?P<venue>[^{}]{1,300})\}")
_TYPES: Final[dict[str, WorkType]] = {
    "inproceedings": "inproceedings",
    "article": "article",
    "misc": "preprint",
}


def _notes(value: object) -> list[object]:
    return items(value["notes"] if isinstance(value, JsonObject) and "notes" in value else value)


def _mismatch(document: str) -> str:
    value = load(document)
    if value is None:
        return "is no JSON"
    notes = _notes(value)
    is_empty = not notes and "notes" in inner(value)
    is_known = any("id" in note and isinstance(note.get("content"), dict) for note in objects(notes))
    return "" if is_empty or is_known else "has no notes of OpenReview"


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    notes = _notes(load(document))
    papers = [note for note in notes if _is_paper(note)]
    entries, problems = sorted_out(read_works(papers, file, _entry))
    return ParsedDocument(
        entries=entries,
        title="OpenReview",
        captured=options.captured,
        problems=(
            *_left_out(len(notes), len(notes) - len(papers), file),
            *problems,
            *chain.from_iterable(_warnings(paper, file) for paper in objects(papers)),
        ),
    )


def _is_paper(note: object) -> bool:
    """Whether a note is no review or comment, which stand in the forum of another."""
    return not text(inner(note).get("forum")) or inner(note).get("forum") == inner(note).get("id")


def _left_out(notes: int, replies: int, file: str) -> Iterator[Problem]:
    if replies:
        message = f"{replies} of the notes are reviews or comments; they were left out"
        yield Problem(Location(file, 1), message, severity="warning")
    if not notes:
        message = "the answer holds no notes"
        yield Problem(Location(file, 1), message, "ask for something else, or log in first", "warning")


def _value(note: JsonObject, name: str) -> object:
    """A value of the content; the second API wraps it into an object."""
    value = inner(note, "content").get(name)
    return value.get("value") if isinstance(value, JsonObject) else value


def _entry(note: JsonObject) -> Entry:
    identifier = text(note.get("forum")) or text(note.get("id"))
    authors = tuple(filter(None, map(_author, items(_value(note, "authors")))))
    venue = _venue(note)
    return Entry(
        line=note.line,
        title=text(_value(note, "title")),
        abstract=text(_value(note, "abstract")) or None,
        authors=() if {name.lower() for name in authors} == {"anonymous"} else authors,
        published=_published(note),
        openreview=identifier or None,
        pdf=_pdf(note),
        links=tuple(chain.from_iterable(texts(_value(note, name)) for name in _LINKS)),
        venue=venue,
        categories=texts(_value(note, "keywords")),
        type=_type(note, venue),
    )


def _author(author: object) -> str:
    return text(author) or text(inner(author).get("fullname")) or text(inner(author).get("name"))


def _published(note: JsonObject) -> PartialDate | None:
    """The day of publication, else that on which the note became public, else of the submission."""
    return next(filter(None, (date_of_milliseconds(note.get(name)) for name in _DATES)), None)


def _pdf(note: JsonObject) -> str | None:
    place = text(_value(note, "pdf"))
    return f"https://openreview.net{place}" if place.startswith("/") else place or None


def _venue(note: JsonObject) -> str | None:
    """The venue that accepted it, with its year: without the way it was presented there."""
    written = " ".join(text(_value(note, "venue"))[:_LONGEST_VENUE].split())
    if _NOT_ACCEPTED.search(written):
        return None
    if not written:
        found = _BIBTEX_VENUE.search(text(_value(note, "_bibtex")))
        return found["venue"] if found and not _NOT_ACCEPTED.search(found["venue"]) else None
    venue = _PRESENTED.sub("", _ACCEPTED_BY.sub("", written))
    year = _YEAR.search(text(_value(note, "venueid")))
    return f"{venue} {year[0]}" if year and not _YEAR.search(venue) else venue


def _type(note: JsonObject, venue: str | None) -> WorkType | None:
    if not venue:
        return "preprint"
    found = _BIBTEX_TYPE.match(text(_value(note, "_bibtex")))
    return _TYPES.get(found[1].lower()) if found else None


def _warnings(note: JsonObject, file: str) -> Iterator[Problem]:
    venue = text(_value(note, "venue"))
    if _DROPPED.search(venue):
        message = f"{quoted(text(_value(note, 'title')))} was not accepted: {quoted(venue)}"
        yield Problem(Location(file, note.line), message, "leave it out if it shall not be listed", "warning")


READER = checked(
    Reader(
        "openreview",
        "notes of OpenReview, saved from api.openreview.net/notes or api2.openreview.net/notes",
        _mismatch,
        _read,
    )
)

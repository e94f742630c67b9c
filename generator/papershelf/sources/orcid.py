"""Reader of a person's works as ORCID gives them: each group is one work, told by several sources."""

import re
from collections.abc import Callable
from typing import Final, TypeVar

from papershelf.core.model import WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.checked import checked
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import inner, items, objects, partial_date, read_works, sorted_out, text

_PERSON: Final = re.compile(r"/(?P<id>[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])/")
_TYPES: Final[dict[str, WorkType]] = {
    "journal-article": "article",
    "magazine-article": "article",
    "review": "article",
    "conference-paper": "inproceedings",
    "conference-proceedings": "book",
    "book-chapter": "incollection",
    "book": "book",
    "edited-book": "book",
    "dissertation": "thesis",
    "dissertation-thesis": "thesis",
    "report": "report",
    "working-paper": "report",
    "preprint": "preprint",
    "data-set": "dataset",
    "software": "software",
}
_Value = TypeVar("_Value")


def _works(document: str) -> JsonObject:
    """The object that holds the groups, of an answer for the works or for the whole record."""
    value = load(document)
    return inner(value, "activities-summary", "works") or inner(value)


def _mismatch(document: str) -> str:
    if load(document) is None:
        return "is no JSON"
    works = _works(document)
    groups = works.get("group")
    is_known = any("work-summary" in group for group in objects(groups))
    is_empty = groups == [] and "last-modified-date" in works
    return "" if is_known or is_empty else "has no groups of works of ORCID"


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    works = _works(document)
    groups = items(works.get("group"))
    entries, problems = sorted_out(read_works(groups, file, _entry))
    if not groups:
        problems = (Problem(Location(file, 1), "the person has no works at ORCID", severity="warning"),)
    person = _person(works)
    return ParsedDocument(
        entries=entries,
        title=f"ORCID {person}" if person else "ORCID",
        listing_id=f"orcid-{person.lower()}" if person else None,
        captured=options.captured,
        problems=problems,
    )


def _person(works: JsonObject) -> str:
    """The ORCID iD in the path of the answer or of its first work."""
    summaries = (each for group in objects(works.get("group")) for each in objects(group.get("work-summary")))
    paths = (f"{text(each.get('path'))}/" for each in (works, *summaries))
    return next((found["id"] for path in paths if (found := _PERSON.search(path))), "")


def _entry(group: JsonObject) -> Entry:
    summaries = sorted(objects(group.get("work-summary")), key=_display_index, reverse=True)
    ids = _identifiers([*summaries, group])
    doi, arxiv = ids.get("doi"), ids.get("arxiv")
    return Entry(
        line=group.line,
        title=_first(summaries, _title) or "",
        published=_first(summaries, _published),
        arxiv=arxiv,
        doi=doi,
        url=None if doi or arxiv else _first(summaries, lambda each: _value(each, "url")),
        venue=_first(summaries, lambda each: _value(each, "journal-title")),
        type=_first(summaries, lambda each: _TYPES.get(text(each.get("type")))),
    )


def _first(summaries: list[JsonObject], value_of: Callable[[JsonObject], _Value | None]) -> _Value | None:
    """The value from the first source that has one."""
    return next(filter(None, map(value_of, summaries)), None)


def _display_index(summary: JsonObject) -> int:
    """The higher, the more the person prefers this source."""
    written = text(summary.get("display-index"))
    return int(written) if re.fullmatch("[0-9]{1,9}", written) else 0


def _value(holder: JsonObject, name: str) -> str:
    return text(inner(holder, name).get("value"))


def _title(summary: JsonObject) -> str:
    title, subtitle = (_value(inner(summary, "title"), name) for name in ("title", "subtitle"))
    return f"{title}: {subtitle}" if title and subtitle else title


def _published(summary: JsonObject) -> PartialDate | None:
    day = inner(summary, "publication-date")
    return partial_date(*(_value(day, part) for part in ("year", "month", "day")))


def _identifiers(holders: list[JsonObject]) -> dict[str, str]:
    """The first identifier of each kind; those of the journal or book that holds the work are none of it."""
    found: dict[str, str] = {}
    for holder in holders:
        for each in objects(inner(holder, "external-ids").get("external-id")):
            value = _value(each, "external-id-normalized") or text(each.get("external-id-value"))
            if each.get("external-id-relationship") in {"self", None} and value:
                found.setdefault(text(each.get("external-id-type")).lower(), value)
    return found


READER = checked(
    Reader(
        "orcid",
        "a person's works, saved as JSON from pub.orcid.org/v3.0/<iD>/works",
        _mismatch,
        _read,
    )
)

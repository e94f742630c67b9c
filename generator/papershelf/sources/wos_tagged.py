"""Reader of Web of Science's tagged text, of ISI before it: `PT J`, tags of two letters, `ER`."""

import re
from collections.abc import Mapping
from typing import Final

from papershelf.core.model import WorkType
from papershelf.core.problems import Location, Problem
from papershelf.sources.items import Item, entry_of
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.people import in_braces, names
from papershelf.sources.tagged_lines import TaggedRecord, tagged_records
from papershelf.sources.work_types import type_in_words
from papershelf.sources.written_dates import date_of

_START: Final = re.compile(r"^\ufeff?PT [A-Z]\s*$", re.MULTILINE)
_TAG: Final = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)")
_OF_FILE: Final = ("FN", "VR", "EF")
_MAIL: Final = re.compile(r"\s*\([^()]*@[^()]*\)")
_TYPES: Final[Mapping[str, WorkType]] = {"J": "article", "C": "inproceedings", "B": "book"}


def _mismatch(text: str) -> str:
    return "" if _START.search(text) else "has no line “PT J” or the like"


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    """Parse all records; what is missing or odd is a problem."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for record in tagged_records(text, _tag_of, "PT", "ER", _OF_FILE):
        entry, found = entry_of(_item(record), file)
        entries.append(entry)
        ends = record.warnings("PT J", "ER")
        problems += [*(Problem(Location(file, record.line), *each, "warning") for each in ends), *found]
    return ParsedDocument(
        entries=tuple(entries),
        title="Web of Science records",
        captured=options.captured,
        problems=tuple(problems),
    )


def _tag_of(line: str) -> tuple[str, str] | None:
    found = _TAG.fullmatch(line.rstrip())
    return (found[1], found[2] or "") if found else None


def _item(record: TaggedRecord) -> Item:
    year, month = record.first("PY"), record.first("PD")
    written = f"{year} {month}".strip()
    authors = (_MAIL.sub("", name) for name in record.lines("AF") or record.lines("AU"))
    return Item(
        line=record.line,
        title=record.first("TI"),
        abstract=record.first("AB"),
        authors=(*names(authors), *map(in_braces, names(record.lines("CA")))),
        dates={written: date_of(year or month, month)} if written else {},
        doi=record.first("DI", "D2"),
        venue=record.first("SO", "SE", "CT"),
        categories=tuple(each for value in record.all("DE") or record.all("ID") for each in value.split(";")),
        type=type_in_words(record.first("DT")) or _TYPES.get(record.first("PT"), "misc"),
    )


READER = Reader("wos", "Web of Science, exported as plain text", _mismatch, _read)

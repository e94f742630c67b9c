"""Reader of RIS, as EndNote, Mendeley, Zotero, Scopus, PubMed and publishers write it.

The files are read here rather than by rispy: of those in use, it refuses lines `TY - JOUR` with one space and
files that begin within a record, loses authors where A1 and AU are mixed, and never takes a year from Y1.
"""

import re
from collections.abc import Mapping
from typing import Final

from papershelf.core.model import WorkType
from papershelf.core.problems import Location, Problem
from papershelf.sources.items import Item, entry_of
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.people import names_of_records
from papershelf.sources.tagged_lines import TaggedRecord, tagged_records
from papershelf.sources.written_dates import written_dates
from papershelf.text.tables import words

_START: Final = re.compile(r"^(?:\ufeff?TY {0,3}- ?\w|ER {1,2}-\s*$)", re.MULTILINE)
_TAG: Final = re.compile(r"([A-Z][A-Z0-9]) {1,3}-(?:\s+(.*)|)")
_TAGS: Final = words(
    "A1 A2 A3 A4 AB AD AN AU BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP ED EP ER ET H1 H2 ID IS"
    " J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN SP ST T1 T2 T3 TA"
    " TI TT TY U1 U2 U3 U4 U5 UR VL VO Y1 Y2"
)
_TYPES: Final[Mapping[str, WorkType]] = {
    "JOUR": "article",
    "EJOUR": "article",
    "JFULL": "article",
    "INPR": "article",
    "MGZN": "article",
    "NEWS": "article",
    "CONF": "inproceedings",
    "CPAPER": "inproceedings",
    "CHAP": "incollection",
    "ECHAP": "incollection",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "THES": "thesis",
    "RPRT": "report",
    "GOVDOC": "report",
    "STAND": "report",
    "UNPB": "preprint",
    "DATA": "dataset",
    "DBASE": "dataset",
    "AGGR": "dataset",
    "COMP": "software",
}


def _mismatch(text: str) -> str:
    return "" if _START.search(text) else "has no line “TY  - JOUR” or the like"


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    """Parse all records; what is missing or odd is a problem."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for record in tagged_records(text, _tag_of, "TY", "ER"):
        entry, found = entry_of(_item(record), file)
        entries.append(entry)
        ends = record.warnings("TY  - JOUR", "ER  -")
        problems += [*(Problem(Location(file, record.line), *each, "warning") for each in ends), *found]
    return ParsedDocument(
        entries=tuple(entries), title="RIS records", captured=options.captured, problems=tuple(problems)
    )


def _tag_of(line: str) -> tuple[str, str] | None:
    """A line's tag and value. With one space before the hyphen, as in sentences, the tag must be known."""
    found = _TAG.fullmatch(line.rstrip())
    if not found or (line[3:4] == "-" and found[1] not in _TAGS):
        return None
    return found[1], found[2] or ""


def _item(record: TaggedRecord) -> Item:
    sort = record.first("M3")
    return Item(
        line=record.line,
        title=record.first("TI", "T1", "CT", "ST"),
        abstract=record.first("AB", "N2"),
        authors=names_of_records(name for value in record.all("AU", "A1") for name in value.split(";")),
        dates=written_dates(record.first(tag) for tag in ("DA", "PY", "Y1")),
        doi=record.first("DO", "DI"),
        remarks=record.all("M3", "N1", "L1", "M1", "M2", "AN", "VL", "ID"),
        addresses=(*record.lines("UR"), *record.lines("LK"), *record.lines("L1", "L2")),
        venue=record.first("JF", "T2", "BT", "C3", "JO", "JA", "J1", "J2"),
        categories=tuple(each for line in record.lines("KW") for each in line.split(";")),
        type="preprint" if sort.lower() == "preprint" else _TYPES.get(record.first("TY").upper(), "misc"),
    )


READER = Reader(
    "ris", "RIS, as EndNote, Mendeley, Zotero, Scopus and publishers' pages export it", _mismatch, _read
)

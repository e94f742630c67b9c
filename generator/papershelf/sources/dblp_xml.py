"""Reader of DBLP's XML: records, the page of a person, parts of the dump."""

from typing import Final

from papershelf.core.model import WorkType
from papershelf.core.problems import Location, Problem
from papershelf.sources import dblp_fields
from papershelf.sources.checked import checked
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import quoted
from papershelf.sources.xml_documents import (
    Element,
    child_text,
    child_texts,
    line_of,
    load,
    name_of,
    root_name,
)
from papershelf.text import slug

_TYPES: Final[dict[str, WorkType]] = {
    "article": "article",
    "inproceedings": "inproceedings",
    "incollection": "incollection",
    "proceedings": "book",
    "book": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "data": "dataset",
}
_ROOTS: Final = frozenset({"dblp", "dblpperson"})


def _mismatch(text: str) -> str:
    root = root_name(text)
    if root not in _ROOTS:
        return "has no <dblp> or <dblpperson> around it" if root else "is no XML"
    return ""


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    document = load(text, file)
    records, problems = document.records(*_TYPES)
    person = document.root.attrib if document.root is not None else {}
    withdrawn = (_withdrawn(each, file) for each in records if "withdrawn" in _publtype(each))
    return ParsedDocument(
        entries=tuple(map(_entry, records)),
        title=f"DBLP: {person['name']}" if person.get("name") else "DBLP",
        listing_id=slug(f"dblp {person['pid']}") if person.get("pid") else None,
        captured=options.captured,
        problems=(*problems, *withdrawn),
    )


def _publtype(record: Element) -> list[str]:
    """What is special about a publication, such as `informal withdrawn`."""
    return record.attrib.get("publtype", "").split()


def _withdrawn(record: Element, file: str) -> Problem:
    message = f"{quoted(child_text(record, 'title'))} was withdrawn, says DBLP"
    cure = "leave it out, or give the reason with withdrawn: in the curation"
    return Problem(Location(file, line_of(record)), message, cure, "warning")


def _entry(record: Element) -> Entry:
    return dblp_fields.entry(
        dblp_fields.Publication(
            line=line_of(record),
            title=child_text(record, "title"),
            names=child_texts(record, "author") or child_texts(record, "editor"),
            year=child_text(record, "year"),
            venue=child_text(record, "journal", "booktitle", "school"),
            volume=child_text(record, "volume"),
            addresses=child_texts(record, "ee"),
            type="preprint" if "informal" in _publtype(record) else _TYPES[name_of(record)],
        )
    )


READER = checked(
    Reader(
        "dblp-xml",
        "XML of DBLP: a record or a person's page with .xml, or a part of the dump",
        _mismatch,
        _read,
    )
)

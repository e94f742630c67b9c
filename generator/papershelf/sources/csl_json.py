"""Reader of CSL-JSON, as Zotero, pandoc, doi.org and citation processors exchange it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from papershelf.core.model import WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.items import Item, entry_of
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.people import in_braces, name_of, names
from papershelf.sources.written_dates import as_far_as_known, written_date
from papershelf.text.tables import words

_TYPES: Final[Mapping[str, WorkType]] = {
    "article": "preprint",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "journal-article": "article",  # and others with the name of Crossref's type, from doi.org
    "paper-conference": "inproceedings",
    "proceedings-article": "inproceedings",
    "chapter": "incollection",
    "book-chapter": "incollection",
    "entry-encyclopedia": "incollection",
    "book": "book",
    "monograph": "book",
    "thesis": "thesis",
    "dissertation": "thesis",
    "report": "report",
    "manuscript": "preprint",
    "posted-content": "preprint",
    "dataset": "dataset",
    "software": "software",
}
_OTHER_TYPES: Final = words(
    "bill broadcast classic collection document entry entry-dictionary event figure graphic hearing interview"
    " legal_case legislation map motion_picture musical_score pamphlet patent performance periodical"
    " personal_communication post post-weblog"
    " regulation review review-book song speech standard treaty webpage"
)
_OWN_NAMES: Final = words("issued container-title DOI URL citation-key event-title publisher-place")
_NAME_PARTS: Final = words("family given literal")


def _mismatch(text: str) -> str:
    if not text.lstrip("\ufeff \t\r\n").startswith(("[", "{")):
        return "is no JSON"
    return (
        ""
        if any(map(_is_item, _objects(text)))
        else "has no object with a type of CSL and “issued” or the like"
    )


def _objects(text: str) -> list[JsonObject]:
    """The objects that may be items: the document itself, or those in its list, or in that of its `items`."""
    document = load(text.removeprefix("\ufeff"))
    if isinstance(document, JsonObject):
        inner = document.get("items", document.get("references"))
        document = inner if isinstance(inner, list) else [document]
    return [each for each in document if isinstance(each, JsonObject)] if isinstance(document, list) else []


def _is_item(value: JsonObject) -> bool:
    kind = value.get("type")
    is_known = isinstance(kind, str) and (kind in _TYPES or kind in _OTHER_TYPES)
    return (
        is_known
        and isinstance(value.get("title", ""), str)
        and (bool(_OWN_NAMES & value.keys()) or _has_names(value))
    )


def _has_names(value: JsonObject) -> bool:
    authors = value.get("author")
    return isinstance(authors, list) and any(
        isinstance(each, dict) and _NAME_PARTS & each.keys() for each in authors
    )


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    """Parse all items; what is missing or odd is a problem."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for value in _objects(text):
        if not any(value.get(name) for name in ("title", "DOI", "URL", "type")):
            message = "this object is no item of CSL-JSON; skipped"
            problems.append(Problem(Location(file, value.line), message, "an item has a type and a title"))
            continue
        entry, found = entry_of(_item(value), file)
        entries.append(entry)
        problems += found
    return ParsedDocument(
        entries=tuple(entries), title="CSL-JSON items", captured=options.captured, problems=tuple(problems)
    )


def _item(value: JsonObject) -> Item:
    is_arxiv = "arxiv" in f"{_text(value, 'archive')} {_text(value, 'publisher')}".lower()
    venue = _text(value, "container-title") or _text(value, "event-title")
    kind = _text(value, "type")
    return Item(
        line=value.line,
        title=_text(value, "title"),
        abstract=_text(value, "abstract"),
        authors=names(_names(value.get("author"))),
        dates=_dates(value),
        arxiv=_text(value, "archive_location") if is_arxiv else "",
        doi=_text(value, "DOI"),
        remarks=(_text(value, "number"), *_text(value, "note").splitlines()),
        addresses=(_text(value, "URL"),),
        venue=venue,
        categories=tuple(_text(value, "keyword").replace(";", ",").split(",")),
        type=_TYPES.get(kind, "misc" if kind else None),
    )


def _text(value: Mapping[str, Any], name: str) -> str:
    """A text; the first if it is a list, as Crossref writes titles; digits of a number."""
    found = value.get(name)
    if isinstance(found, list):
        found = next(iter(found), None)
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def _names(authors: object) -> Iterator[str]:
    for author in authors if isinstance(authors, list) else ():
        if not isinstance(author, dict):
            continue
        particles = f"{_text(author, 'dropping-particle')} {_text(author, 'non-dropping-particle')}".strip()
        family, given = _text(author, "family"), _text(author, "given")
        literal = _text(author, "literal") or _text(author, "name")
        yield in_braces(literal) if literal else name_of(family, given, particles, _text(author, "suffix"))


def _dates(value: JsonObject) -> dict[str, PartialDate | None]:
    """The dates by how they are written: as parts, as a text, or as digits that stand for themselves."""
    issued = value.get("issued")
    if isinstance(issued, str):
        return {issued: written_date(issued)}
    if not isinstance(issued, dict):
        return {}
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [str(part).strip() for part in first if part is not None] if isinstance(first, list) else []
    dates = {"-".join(numbers): _of_parts(numbers)} if numbers else {}
    written = (_text(issued, name) for name in ("raw", "literal", "string"))
    return dates | {each: written_date(each) for each in written if each}


def _of_parts(numbers: list[str]) -> PartialDate | None:
    known = [
        int(part) if part.isascii() and part.isdecimal() and len(part) <= _YEAR else 0 for part in numbers
    ]
    return as_far_as_known(*known[:_PARTS])


_YEAR: Final = 4  # digits
_PARTS: Final = 3  # year, month and day

READER = Reader("csl-json", "CSL-JSON, as Zotero and pandoc export it", _mismatch, _read)

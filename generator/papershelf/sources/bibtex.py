"""Reader of BibTeX and BibLaTeX, as people write them and reference managers and publishers export them."""

import re
from collections.abc import Mapping
from typing import Final

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from papershelf.core.model import WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.bibtex_blocks import BibtexEntry, bibtex_entries
from papershelf.sources.items import Item, entry_of, is_arxiv_id
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.people import name_of, names
from papershelf.sources.written_dates import date_of, written_date
from papershelf.text.tables import words

_START: Final = re.compile(r"^[ \t]*@[A-Za-z]\w*[ \t]*[{(]\s*[^\s,{}()\"=]*\s*[,=]", re.MULTILINE)
_FENCE: Final = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_TYPES: Final[Mapping[str, WorkType]] = {
    "article": "article",
    "suppperiodical": "article",
    "inproceedings": "inproceedings",
    "conference": "inproceedings",
    "incollection": "incollection",
    "inbook": "incollection",
    "inreference": "incollection",
    "suppbook": "incollection",
    "book": "book",
    "mvbook": "book",
    "booklet": "book",
    "collection": "book",
    "proceedings": "book",
    "manual": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "unpublished": "preprint",
    "preprint": "preprint",
    "dataset": "dataset",
    "data": "dataset",
    "software": "software",
}
_NO_WORKS: Final = words("xdata set bibnote")
_ADDRESSES: Final = (
    *("url", "html", "pdf", "ee", "howpublished", "note", "addendum", "code", "website", "bdsk-url-1"),
    *("bdsk-url-2", "adsurl"),
)
_REMARKS: Final = ("note", "howpublished", "publisher", "volume", "number", "pages", "addendum", "journal")
_VENUES: Final = (
    "journaltitle",
    "journal",
    "booktitle",
    "eventtitle",
    "school",
    "institution",
    "organization",
)
_INHERITED: Final = (
    "year",
    "month",
    "date",
    "publisher",
    "booktitle",
    "journal",
    "journaltitle",
    "eventtitle",
)
_MOST_HOPS: Final = 5  # from xdata to xdata
_HAS_JUNIOR: Final = 2  # commas: Last, Jr, First
_TEX_ESCAPE: Final = re.compile(r"\{?\\([_%&#$~])(?:\{\})?\}?")
_IS_ADDRESS: Final = re.compile(r"\\url|\\href|https?://|www\.", re.IGNORECASE)


def _mismatch(text: str) -> str:
    found = _START.search(text.removeprefix("\ufeff"))
    if not found:
        return "has no line “@article{…”"
    return "has its BibTeX within Markdown" if _FENCE.search(text, 0, found.start()) else ""


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    """Parse all entries; what is missing, odd or broken is a problem."""
    found, problems = bibtex_entries(re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")), file)
    by_key: dict[str, BibtexEntry] = {}
    for each in found:
        by_key.setdefault(each.key.lower(), each)
    entries: list[Entry] = []
    for each in found:
        if each.type not in _NO_WORKS:
            fields, missing = _with_inherited(each, by_key)
            entry, warnings = entry_of(_item(each, fields), file)
            entries.append(entry)
            problems += [*(_no_parent(each, key, file) for key in missing), *warnings]
    return ParsedDocument(
        entries=tuple(entries), title="BibTeX entries", captured=options.captured, problems=tuple(problems)
    )


def _with_inherited(
    entry: BibtexEntry, by_key: Mapping[str, BibtexEntry]
) -> tuple[Mapping[str, str], list[str]]:
    """The entry's fields with those of its `xdata` and its `crossref`, and the keys that nothing has."""
    fields, missing = _with_data(entry, by_key)
    key = fields.get("crossref", "")
    parent = by_key.get(key.lower()) if key else None
    if parent:
        above, _ = _with_data(parent, by_key)
        container = "journaltitle" if parent.type == "periodical" else "booktitle"
        inherited = {name: value for name, value in above.items() if name in _INHERITED}
        inherited |= {container: above[container] if container in above else above.get("title", "")}
        own_date = {"date", "year"} & fields.keys()
        fields = {name: value for name, value in inherited.items() if not own_date or name != "date"} | fields
    return fields, [*missing, *([key] if key and not parent else [])]


def _with_data(entry: BibtexEntry, by_key: Mapping[str, BibtexEntry]) -> tuple[dict[str, str], list[str]]:
    """The entry's fields with those of the `@xdata` that it names, and the keys that nothing has."""
    fields, missing = dict(entry.fields), list[str]()
    wanted, seen = _keys(fields.get("xdata", "")), set[str]()
    for _ in range(_MOST_HOPS):
        found = [by_key.get(key.lower()) for key in wanted if key not in seen]
        missing += [key for key in wanted if key.lower() not in by_key]
        seen.update(wanted)
        wanted = []
        for data in filter(None, found):
            fields = {**data.fields, **fields}
            wanted += _keys(data.fields.get("xdata", ""))
    return fields, missing


def _keys(value: str) -> list[str]:
    return [key.strip() for key in value.split(",") if key.strip()]


def _no_parent(entry: BibtexEntry, key: str, file: str) -> Problem:
    message = f"“{entry.key}” refers to “{key[:60]}”, which is not in the document"
    return Problem(Location(file, entry.line), message, "add that entry, or remove the reference", "warning")


def _item(entry: BibtexEntry, fields: Mapping[str, str]) -> Item:
    return Item(
        line=entry.line,
        title=_title(fields),
        abstract=fields.get("abstract", ""),
        authors=names(map(_name, split_multiple_persons_names(fields.get("author", "")))),
        dates=_dates(fields),
        arxiv=_arxiv(fields),
        doi=_verbatim(fields.get("doi", "")),
        remarks=tuple(fields[name] for name in _REMARKS if name in fields),
        addresses=tuple(fields[name] for name in _ADDRESSES if name in fields),
        venue=_venue(fields),
        categories=_keywords(fields),
        type=_TYPES.get(entry.type, "misc"),
    )


def _title(fields: Mapping[str, str]) -> str:
    title, subtitle = fields.get("title", ""), fields.get("subtitle", "")
    return f"{title}: {subtitle}" if title and subtitle else title


def _name(name: str) -> str:
    """A name as `Entry` has it: `Last, Jr, First`, which BibTeX knows too, in another order."""
    if name.count(",") < _HAS_JUNIOR or name.startswith("{"):
        return name
    try:
        parts = parse_single_name_into_parts(name)
    except InvalidNameError:
        return name
    return name_of(*(" ".join(part) for part in (parts.last, parts.first, parts.von, parts.jr)))


def _dates(fields: Mapping[str, str]) -> dict[str, PartialDate | None]:
    date, year, month = (fields.get(name, "").strip("{} ") for name in ("date", "year", "month"))
    dates = {date: written_date(date)} if date else {}
    return dates | ({f"{year} {month}".strip(): date_of(year, month, fields.get("day", ""))} if year else {})


def _arxiv(fields: Mapping[str, str]) -> str:
    """What the entry gives as its arXiv id; an `eprint` may be of another archive."""
    archive = fields.get("archiveprefix") or fields.get("eprinttype") or ""
    eprint = fields.get("eprint", "")
    is_arxiv = archive.lower() == "arxiv" or (not archive and is_arxiv_id(eprint))
    volume = fields.get("volume", "")  # CoRR's, as DBLP has it
    return (
        (eprint if is_arxiv else volume if volume.startswith("abs/") else "")
        or fields.get("arxivid")
        or fields.get("arxiv")
        or ""
    )


def _verbatim(value: str) -> str:
    r"""A value that is no TeX, as `url` and `doi` are, where programs escaped it: 10.1000/a\_b."""
    return _TEX_ESCAPE.sub(r"\1", value)


def _venue(fields: Mapping[str, str]) -> str:
    named = (fields[name] for name in _VENUES if fields.get(name))
    published = fields.get("howpublished", "")
    return next(named, "") or ("" if _IS_ADDRESS.search(published) else published)


def _keywords(fields: Mapping[str, str]) -> tuple[str, ...]:
    written = fields.get("keywords") or fields.get("keyword") or ""
    return tuple(written.split(";" if ";" in written else ","))


READER = Reader("bibtex", "BibTeX and BibLaTeX, as every reference manager exports it", _mismatch, _read)

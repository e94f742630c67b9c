"""Reader of tables, CSV and TSV, by the names of their columns.

Known are the names that Zotero, Scopus, Web of Science, Semantic Scholar, PubMed, IEEE Xplore and our own
papers.csv use; `ReadOptions.columns` says what any others are.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from papershelf.core.problems import Location, Problem
from papershelf.sources.items import Item, entry_of
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.people import split_list
from papershelf.sources.work_types import type_in_words
from papershelf.sources.written_dates import written_dates

_KNOWN: Final[Mapping[str, tuple[str, ...]]] = {  # by the name in `Entry`: names of columns, the best first
    "title": ("title", "article title", "document title", "paper title", "ti"),
    "abstract": ("abstract", "abstract note", "ab"),
    "authors": (
        *("author full names", "authors", "author", "author(s)", "author names", "af", "au"),
        "book author full names",
    ),
    "author_count": ("author count", "author_count"),
    "published": (
        *("published", "publication date", "publicationdate", "date", "online date", "publication year"),
        *("year", "publication_year", "pubyear", "pd", "py"),
    ),
    "arxiv": ("arxiv", "arxiv id", "arxiv_id"),
    "doi": ("doi", "di", "digital object identifier"),
    "openreview": ("openreview",),
    "url": ("url", "link", "doi link", "articleurl", "pdf link"),
    "pdf": ("pdf", "openaccesspdf"),
    "links": ("links", "code", "code url", "repository"),
    "venue": (
        *("source title", "publication title", "journal", "journal/book", "proceedings title", "venue"),
        *("conference title", "conference name", "conference", "so"),
    ),
    "categories": (
        *("author keywords", "keywords", "manual tags", "automatic tags", "tags", "categories", "de"),
        *("fields of study", "fieldsofstudy"),
    ),
    "type": ("item type", "document type", "type", "publication type", "publicationtypes", "dt"),
}
_ADDRESSES: Final = ("url", "pdf", "openreview", "links")
_REMARKS: Final = ("extra", "archive location", "externalids", "arxiv link")
_SHOWN: Final = 60  # characters of a column's name in a message
_DELIMITERS: Final = "\t;,|"
_SAMPLE: Final = 200_000  # characters in which a table shows
_SAMPLE_ROWS: Final = 20
_FEWEST_COLUMNS: Final = 2
_COLUMN_NAME: Final = re.compile(r"[\w(#*].{0,79}")
_QUOTED: Final = re.compile(r'"[^"]*"')
_YEAR: Final = re.compile(r"\d{4}")
_NO_YEAR: Final = re.compile(r"[A-Za-z]{3,9}(?: \d{1,2})?")
_PERSON_ID: Final = re.compile(r"\s*\(\d+\)\s*(?=;|$)")
_NOTHING: Final = re.compile(r"\[no [^\]]{1,40}\]|n/?a|none|null|nan|-", re.IGNORECASE)
_GUARDED: Final = re.compile("^'(?=[=+@\t\r\uff1d\uff0b\uff0d\uff20-])")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row and the line where it begins; what is wrong with it, "" if nothing is."""

    line: int
    cells: list[str]
    wrong: str = ""


def _mismatch(text: str) -> str:
    rows = list(islice(_rows(text[:_SAMPLE]), _SAMPLE_ROWS))
    if not rows:
        return "is empty"
    heading = rows[0].cells
    if len(heading) < _FEWEST_COLUMNS or not all(_COLUMN_NAME.fullmatch(name.strip()) for name in heading):
        return "has no first line with names of columns"
    if len({_folded(name) for name in heading}) < len(heading):
        return "has a first line in which a name of a column stands twice"
    if _columns(heading, {}).get("title"):
        return ""
    whole = [row for row in rows[1:] if len(row.cells) == len(heading)]
    return "" if len(whole) == len(rows) - 1 > 0 else "has no column “Title”, nor rows of one length"


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    """Parse all rows; a row that does not fit its heading is a problem, as is a column that is not there."""
    rows = _rows(text)
    heading = next(rows, _Row(1, []))
    problems = list(_option_problems(heading, options.columns, file))
    columns = _columns(heading.cells, options.columns)
    entries: list[Entry] = []
    if not columns.get("title"):
        problems.append(_unknown(heading, file))
        rows = iter(())
    for row in rows:
        wrong = row.wrong or _misfit(row, heading)
        if wrong:
            cure = "put values with the delimiter, a quote or a line end between quotes"
            problems.append(Problem(Location(file, row.line), f"{wrong}; skipped", cure))
            continue
        entry, found = entry_of(_item(row, heading, columns), file)
        entries.append(entry)
        problems += [*_short(row, heading, file), *found]
    return ParsedDocument(
        entries=tuple(entries), title="Table", captured=options.captured, problems=tuple(problems)
    )


def _rows(text: str) -> Iterator[_Row]:
    """The rows that are not empty. Behind one with an open quote, reading goes on in its next line."""
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="").readlines()
    delimiter = _delimiter(lines)
    begin = width = 0
    while begin < len(lines):
        start = begin
        rest = map(lines.__getitem__, range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        while (cells := _next(reader)) is not None:
            end = start + reader.line_num
            is_swallowing = end - begin > 1 and len(cells) != (width or len(cells))
            if is_swallowing or (not cells and lines[begin].strip()):
                break
            width = width or len(cells)
            if any(cell.strip() for cell in cells):
                yield _Row(begin + 1, cells)
            begin = end
        else:
            return
        cells = _next(csv.reader([lines[begin]], delimiter=delimiter)) or []
        begin += 1
        yield _Row(begin, cells, "" if len(cells) >= width else "a quote in the row is not closed")


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """The next row, an empty one if it cannot be read, None at the end."""
    try:
        return next(reader, None)
    except csv.Error:
        return []


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter that splits the heading into most columns."""
    first = _QUOTED.sub("", next((line for line in lines if line.strip()), ""))
    return max(_DELIMITERS, key=first.count)


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def _columns(heading: Sequence[str], named: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """The numbers of the columns that give each field of `Entry`, the best first."""
    places = {_folded(name): number for number, name in reversed(list(enumerate(heading)))}
    known = {
        field: tuple(places[name] for name in names if name in places) for field, names in _KNOWN.items()
    }
    said = {field: (places[_folded(name)],) for field, name in named.items() if _folded(name) in places}
    return known | said


def _option_problems(heading: _Row, named: Mapping[str, str], file: str) -> Iterator[Problem]:
    places = {_folded(name) for name in heading.cells}
    for field, name in named.items():
        if field not in _KNOWN:
            message = f"--columns names “{field}”, which is no field of a paper"
            yield Problem(Location(file, heading.line), message, f"known: {', '.join(_KNOWN)}")
        elif _folded(name) not in places:
            message = f"--columns names the column “{name}”, which the table does not have"
            yield Problem(Location(file, heading.line), message, f"it has {_listed(heading.cells)}")


def _unknown(heading: _Row, file: str) -> Problem:
    message = f"no column of the table is known to hold titles; it has {_listed(heading.cells)}"
    cure = "name the columns with --columns, such as --columns title=NAME,authors=NAME"
    return Problem(Location(file, heading.line), message, cure)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name.strip()[:_SHOWN]}”" for name in names)


def _misfit(row: _Row, heading: _Row) -> str:
    """What is wrong with a row that says more than the heading has columns for."""
    has_more = any(cell.strip() for cell in row.cells[len(heading.cells) :])
    return _lengths(row, heading) if has_more else ""


def _short(row: _Row, heading: _Row, file: str) -> Iterator[Problem]:
    if len(row.cells) < len(heading.cells):
        message, cure = f"{_lengths(row, heading)}; the last ones stay empty", "is the row whole?"
        yield Problem(Location(file, row.line), message, cure, "warning")


def _lengths(row: _Row, heading: _Row) -> str:
    return f"the row has {len(row.cells)} values, the table {len(heading.cells)} columns"


def _item(row: _Row, heading: _Row, columns: Mapping[str, tuple[int, ...]]) -> Item:
    said = {field: _values(row, numbers) for field, numbers in columns.items()}
    first = {field: values[0] if values else "" for field, values in said.items()}
    count = first["author_count"]
    extra = (number for number, name in enumerate(heading.cells) if _folded(name) in _REMARKS)
    remarks = (each.replace("'", "").replace('"', "") for each in _values(row, tuple(extra)))
    return Item(
        line=row.line,
        title=first["title"],
        abstract=first["abstract"],
        authors=split_list(_PERSON_ID.sub("", first["authors"])),
        author_count=int(count) if re.fullmatch(r"[0-9]{1,5}", count) else None,
        dates=written_dates(_dates(said["published"])),
        arxiv=first["arxiv"],
        doi=first["doi"],
        remarks=tuple(line for each in remarks for line in each.splitlines()),
        addresses=tuple(each for field in _ADDRESSES for value in said[field] for each in value.split(";")),
        venue=first["venue"],
        categories=tuple(each for value in said["categories"] for each in _split(value)),
        type=type_in_words(first["type"]) or ("misc" if first["type"] else None),
    )


def _values(row: _Row, numbers: tuple[int, ...]) -> tuple[str, ...]:
    """What the cells of some columns say, without what keeps spreadsheets from taking it for a formula."""
    cells = (row.cells[number].strip() for number in numbers if number < len(row.cells))
    return tuple(_GUARDED.sub("", cell) for cell in cells if cell and not _NOTHING.fullmatch(cell))


def _dates(written: tuple[str, ...]) -> Iterator[str]:
    """The dates, with the year of another column where one has none: SEP 30."""
    year = next((each for each in written if _YEAR.fullmatch(each)), "")
    return (f"{each} {year}" if _NO_YEAR.fullmatch(each) else each for each in written)


def _split(value: str) -> list[str]:
    return value.split(";" if ";" in value else ",")


READER = Reader(
    "table",
    "CSV or TSV of Zotero, Scopus, Web of Science and others; --columns names further columns",
    _mismatch,
    _read,
)

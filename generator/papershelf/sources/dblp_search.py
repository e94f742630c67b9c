"""Reader of the JSON that a search at DBLP answers with."""

from html import unescape
from typing import Final

from papershelf.core.model import WorkType
from papershelf.core.problems import Location, Problem
from papershelf.sources import dblp_fields
from papershelf.sources.checked import checked
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import first_text, inner, items, read_works, sorted_out, text, texts

_TYPES: Final[dict[str, WorkType]] = {
    "Journal Articles": "article",
    "Conference and Workshop Papers": "inproceedings",
    "Parts in Books or Collections": "incollection",
    "Editorship": "book",
    "Books and Theses": "book",
    "Informal and Other Publications": "preprint",
    "Informal Publications": "preprint",
    "Data and Artifacts": "dataset",
}


def _mismatch(document: str) -> str:
    value = load(document)
    if value is None:
        return "is no JSON"
    return "" if inner(value, "result", "hits") else "has no “hits” of a search at DBLP"


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    hits = items(inner(load(document), "result", "hits").get("hit"))
    entries, problems = sorted_out(read_works(hits, file, _entry))
    if not hits:
        problems = (Problem(Location(file, 1), "the search found nothing", "search for else", "warning"),)
    return ParsedDocument(entries=entries, title="DBLP", captured=options.captured, problems=problems)


def _entry(hit: JsonObject) -> Entry:
    found = inner(hit, "info")
    return dblp_fields.entry(
        dblp_fields.Publication(
            line=hit.line,
            title=unescape(text(found.get("title"))),
            names=[unescape(name) for name in _names(inner(found, "authors").get("author"))],
            year=text(found.get("year")),
            venue=unescape(first_text(found.get("venue"))),
            volume=text(found.get("volume")),
            addresses=texts(found.get("ee")),
            doi=text(found.get("doi")),
            type=_TYPES.get(text(found.get("type"))),
        )
    )


def _names(authors: object) -> list[str]:
    """The names of a list, or of one author alone."""
    return [text(author) or text(inner(author).get("text")) for author in items(authors) or [authors]]


READER = checked(
    Reader(
        "dblp-search",
        "JSON of a search at DBLP, saved from dblp.org/search/publ/api with format=json",
        _mismatch,
        _read,
    )
)

"""Reader of paperlists: JSON with the papers of one conference in one year, gathered from several sites."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final

from papershelf.core.model import WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.checked import checked
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.short_dates import MONTHS
from papershelf.sources.values import count, items, objects, partial_date, read_works, sorted_out, text

_UNKNOWN: Final = frozenset({"", "-1"})
_FIELDS: Final = frozenset({"status", "track", "site", "primary_area", "author_num"})
_NAMED: Final = re.compile(r"(?P<name>[A-Za-z]{2,20})[ _-]?(?P<year>(?:19|20)[0-9]{2})")
_SPELLINGS: Final = {
    "acmmm": "ACM MM",
    "automl": "AutoML",
    "corl": "CoRL",
    "interspeech": "Interspeech",
    "neurips": "NeurIPS",
}
_NOT_ACCEPTED: Final = re.compile(r"reject|withdraw|active|submitted", re.IGNORECASE)
_FORUM: Final = re.compile(r"openreview\.net/forum\?id=(?P<id>[\w-]+)")
_REPOSITORY: Final = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
_REPOSITORY_URL: Final = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+/[^/\s]+/[^/\s]")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+\.\S+")
_BIBTEX: Final = {
    name: re.compile(rf"\b{name}\s*=\s*[{{\"]?\s*(?P<value>{value})")
    for name, value in (("year", "[0-9]{4}"), ("month", "[A-Za-z]{3,9}"), ("doi", r"10\.[^\s\"{}]{3,200}"))
}


def _mismatch(document: str) -> str:
    value = load(document)
    if value is None:
        return "is no JSON"
    return (
        ""
        if any(map(_is_paper, objects(value)))
        else "has no list of papers with “title”, “author”, “status”"
    )


def _is_paper(item: JsonObject) -> bool:
    return {"title", "author"} <= item.keys() and bool(_FIELDS & item.keys())


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    papers = items(load(document))
    found = _NAMED.search(PurePath(file).stem)
    name = _SPELLINGS.get(found["name"].lower(), found["name"].upper()) if found else ""
    venue, year = (f"{name} {found['year']}", found["year"]) if found else ("", "")
    entries, problems = sorted_out(read_works(papers, file, lambda paper: _entry(paper, venue, year)))
    return ParsedDocument(
        entries=entries,
        title=venue or "Papers of a conference",
        captured=options.captured,
        problems=(*problems, *_document_problems(papers, venue, file)),
    )


def _document_problems(papers: Sequence[object], venue: str, file: str) -> Iterator[Problem]:
    refused = [paper for paper in objects(papers) if _NOT_ACCEPTED.search(_known(paper, "status"))]
    if refused:
        message = f"{len(refused)} of the papers were not accepted; they have no venue"
        at = Location(file, refused[0].line)
        yield Problem(at, message, "take them out of the file if they shall not be listed", "warning")
    if not venue:
        message = "the file's name does not tell conference and year; the papers have no venue"
        yield Problem(Location(file, 1), message, "call it by both, as in naacl2024.json", "warning")


def _known(paper: JsonObject, name: str) -> str:
    """The text of a field, "" where it is unknown."""
    value = text(paper.get(name))
    return "" if value in _UNKNOWN else value


def _split(paper: JsonObject, name: str, separator: str = ";") -> tuple[str, ...]:
    parts = (part.strip() for part in re.split(separator, _known(paper, name)))
    return tuple(part for part in parts if part not in _UNKNOWN)


def _entry(paper: JsonObject, venue: str, year: str) -> Entry:
    site = _known(paper, "site")
    authors = _split(paper, "author")
    total = count(paper.get("author_num"))
    openreview = _openreview(paper, site)
    doi, arxiv = _known(paper, "doi") or _bibtex(paper, "doi"), _known(paper, "arxiv")
    return Entry(
        line=paper.line,
        title=_known(paper, "title"),
        abstract=_known(paper, "abstract") or None,
        authors=authors,
        author_count=total if total is not None and total > len(authors) else None,
        published=_published(paper, year),
        arxiv=arxiv or None,
        doi=doi or None,
        openreview=openreview,
        url=site if _ADDRESS.fullmatch(site) and not _FORUM.search(site) else None,
        pdf=pdf if _ADDRESS.fullmatch(pdf := _known(paper, "pdf")) else None,
        links=(*_repositories(paper), *filter(_ADDRESS.fullmatch, _split(paper, "project", r"[;,\s]+"))),
        venue=_venue(paper, venue),
        categories=tuple(dict.fromkeys((*_split(paper, "keywords"), *_split(paper, "primary_area")))),
        type=_type(paper),
    )


def _venue(paper: JsonObject, venue: str) -> str | None:
    status = _known(paper, "status")
    if not venue or _NOT_ACCEPTED.search(status):
        return None
    return f"Findings of {venue}" if status.lower() == "findings" else venue


def _type(paper: JsonObject) -> WorkType:
    return "preprint" if _NOT_ACCEPTED.search(_known(paper, "status")) else "inproceedings"


def _openreview(paper: JsonObject, site: str) -> str | None:
    """The id in the address; without one the paper's own, if its people have profiles of OpenReview."""
    found = _FORUM.search(site)
    if found or site:
        return found["id"] if found else None
    is_there = any(name.startswith("~") for name in _split(paper, "authorids"))
    return _known(paper, "id") or None if is_there else None


def _bibtex(paper: JsonObject, name: str) -> str:
    found = _BIBTEX[name].search(_known(paper, "bibtex"))
    return found["value"] if found else ""


def _published(paper: JsonObject, year: str) -> PartialDate | None:
    short = _bibtex(paper, "month")[:3].capitalize()
    month = next((number for number, name in enumerate(MONTHS, start=1) if name.startswith(short)), None)
    written = _bibtex(paper, "year")
    return partial_date(written, month if short else None) if written else partial_date(year)


def _repositories(paper: JsonObject) -> Iterator[str]:
    """The repositories in a field that may hold several, or only `owner/name`, or an owner's page."""
    for part in _split(paper, "github", r"[;,\s]+"):
        if _REPOSITORY_URL.match(part):
            yield part
        elif _REPOSITORY.fullmatch(part):
            yield f"https://github.com/{part}"


READER = checked(
    Reader(
        "paperlists",
        "the papers of a conference, a file such as naacl2024.json from github.com/papercopilot/paperlists",
        _mismatch,
        _read,
    )
)

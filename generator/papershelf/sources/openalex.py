"""Reader of works as OpenAlex describes them: one work, a list of them, or an answer with `results`."""

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
    arxiv_id,
    count,
    first_text,
    inner,
    iso_date,
    items,
    objects,
    partial_date,
    quoted,
    read_works,
    sorted_out,
    text,
)

_WORK: Final = "https://openalex.org/W"
_CUT: Final = 100  # authorships in lists
_ARXIV_YEARS: Final = range(2007, 2100)
_TYPES: Final[dict[str, WorkType]] = {
    "article": "article",
    "journal-article": "article",
    "review": "article",
    "letter": "article",
    "editorial": "article",
    "proceedings-article": "inproceedings",
    "conference-paper": "inproceedings",
    "book-chapter": "incollection",
    "book": "book",
    "edited-book": "book",
    "monograph": "book",
    "dissertation": "thesis",
    "report": "report",
    "posted-content": "preprint",
    "preprint": "preprint",
    "dataset": "dataset",
    "software": "software",
}
_VENUES: Final = frozenset({"journal", "conference", "book series"})


def _works(document: str) -> list[object] | None:
    """The works in a document, None if it is another."""
    value = load(document)
    is_answer = isinstance(value, JsonObject) and {"meta", "results"} <= value.keys()
    found = items(value["results"]) if is_answer else items(value) or [value]
    is_known = any(text(work.get("id")).startswith(_WORK) for work in objects(found))
    return found if is_known or (is_answer and not found) else None


def _mismatch(document: str) -> str:
    if load(document) is None:
        return "is no JSON"
    return "has no works with ids of OpenAlex" if _works(document) is None else ""


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    works = _works(document) or []
    entries, problems = sorted_out(read_works(works, file, _entry))
    if not works:
        problems = (
            Problem(Location(file, 1), "OpenAlex found no works", "ask for something else", "warning"),
        )
    return ParsedDocument(
        entries=entries,
        title="OpenAlex",
        captured=options.captured,
        problems=(*problems, *chain.from_iterable(_warnings(work, file) for work in objects(works))),
    )


def _warnings(work: JsonObject, file: str) -> Iterator[Problem]:
    at = Location(file, work.line)
    named = quoted(_title(work))
    if work.get("is_retracted") is True:
        cure = "leave it out, or give the reason with withdrawn: in the curation"
        yield Problem(at, f"{named} was retracted", cure, "warning")
    if _is_cut(work) and count(work.get("authors_count")) is None:
        message = f"{named} has more authors than the {len(objects(work.get('authorships')))} that lists give"
        yield Problem(at, message, "save the answer for this one work, which has all", "warning")


def _is_cut(work: JsonObject) -> bool:
    return work.get("is_authors_truncated") is True or len(objects(work.get("authorships"))) == _CUT


def _title(work: JsonObject) -> str:
    return text(work.get("title")) or text(work.get("display_name"))


def _entry(work: JsonObject) -> Entry:
    locations = _locations(work)
    pages = [text(place.get("landing_page_url")) for place in locations]
    doi = text(work.get("doi")) or None
    arxiv = arxiv_id([*pages, doi or ""])
    authors = tuple(filter(None, map(_author, objects(work.get("authorships")))))
    total = count(work.get("authors_count"))
    return Entry(
        line=work.line,
        title=_title(work),
        abstract=_abstract(inner(work, "abstract_inverted_index")) or None,
        authors=authors,
        author_count=total if total is not None and total > len(authors) else None,
        published=_published(work, arxiv),
        arxiv=arxiv,
        doi=doi,
        url=None if doi or arxiv else next(filter(None, pages), None),
        pdf=next(filter(None, (text(place.get("pdf_url")) for place in locations)), None),
        venue=_venue(work, locations),
        categories=_categories(work),
        type=_type(work, locations),
    )


def _locations(work: JsonObject) -> list[JsonObject]:
    """Where the work is to be found, the best open copy first."""
    first = (inner(work, name) for name in ("best_oa_location", "primary_location"))
    return [place for place in (*first, *objects(work.get("locations"))) if place]


def _author(authorship: JsonObject) -> str:
    """The name as printed: the profile that OpenAlex takes it for may be another person's."""
    return text(authorship.get("raw_author_name")) or text(inner(authorship, "author").get("display_name"))


def _abstract(index: JsonObject) -> str:
    """The words in their order, of which the index gives the places."""
    places = ((at, word) for word, found in index.items() for at in items(found) if count(at) is not None)
    return " ".join(word for _, word in sorted(places, key=lambda place: count(place[0]) or 0))


def _published(work: JsonObject, arxiv: str | None) -> PartialDate | None:
    """The date; 1 January often means that only the year is known, unless an arXiv id tells the month."""
    day = iso_date(work.get("publication_date"))
    if day is None:
        return partial_date(work.get("publication_year"))
    if (day.month, day.day) != (1, 1):
        return day
    is_of_january = bool(arxiv) and (arxiv or "").startswith(f"{day.year % 100:02}01.")
    return PartialDate(day.year, 1) if is_of_january and day.year in _ARXIV_YEARS else PartialDate(day.year)


def _sources(work: JsonObject, locations: list[JsonObject]) -> Iterator[JsonObject]:
    """Journals, conferences and series in which it was published, the primary one first."""
    for place in (inner(work, "primary_location"), *locations):
        source = inner(place, "source")
        if source.get("type") in _VENUES:
            yield source


def _venue(work: JsonObject, locations: list[JsonObject]) -> str | None:
    return next((text(source.get("display_name")) or None for source in _sources(work, locations)), None)


def _categories(work: JsonObject) -> tuple[str, ...]:
    named = (inner(work, "primary_topic"), *objects(work.get("keywords")))
    return tuple(dict.fromkeys(filter(None, (first_text(each.get("display_name")) for each in named))))


def _type(work: JsonObject, locations: list[JsonObject]) -> WorkType | None:
    general = _TYPES.get(text(work.get("type")))
    if general not in {None, "article"}:
        return general
    if any(source.get("type") == "conference" for source in _sources(work, locations)):
        return "inproceedings"
    return _TYPES.get(text(work.get("type_crossref"))) or general


READER = checked(
    Reader(
        "openalex",
        "works of OpenAlex, saved from api.openalex.org/works",
        _mismatch,
        _read,
    )
)

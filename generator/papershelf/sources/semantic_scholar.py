"""Reader of papers as Semantic Scholar's API describes them: one, a batch, or the answer to a search."""

from collections.abc import Iterable, Iterator
from typing import Final

from papershelf.core.model import WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.checked import checked
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import (
    inner,
    iso_date,
    items,
    objects,
    partial_date,
    quoted,
    read_works,
    sorted_out,
    text,
    texts,
)

_LISTS: Final = ("data", "recommendedPapers")
_WRAPPED: Final = ("citingPaper", "citedPaper")
_TYPES: Final[dict[str, WorkType]] = {
    "JournalArticle": "article",
    "Conference": "inproceedings",
    "BookSection": "incollection",
    "Book": "book",
    "Dataset": "dataset",
}
_ARXIV_VENUES: Final = frozenset({"arxiv", "arxiv.org", "corr"})


def _papers(value: object) -> list[object]:
    """The papers of an answer, null where one is unknown."""
    if isinstance(value, JsonObject):
        name = next((name for name in _LISTS if isinstance(value.get(name), list)), None)
        value = value[name] if name else [value]
    wraps = ((item, next((name for name in _WRAPPED if name in inner(item)), None)) for item in items(value))
    return [inner(item)[name] if name else item for item, name in wraps]


def _is_error(value: object) -> bool:
    return isinstance(value, JsonObject) and bool(text(value.get("error"))) and "paperId" not in value


def _mismatch(document: str) -> str:
    value = load(document)
    if value is None:
        return "is no JSON"
    papers = _papers(value)
    is_empty = bool(papers) and all(paper is None for paper in papers)
    is_empty = is_empty or (not papers and "total" in inner(value))
    if is_empty or _is_error(value) or any("paperId" in paper for paper in objects(papers)):
        return ""
    return "has no papers with a “paperId”"


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    value = load(document)
    if _is_error(value):
        message = f"the service answered with an error: {quoted(text(inner(value).get('error')))}"
        problem = Problem(Location(file, 1), message, "correct the question and save the new answer")
        return ParsedDocument(entries=(), title="Semantic Scholar", problems=(problem,))
    papers = _papers(value)
    known = [paper for paper in papers if paper is not None]
    entries, problems = sorted_out(read_works(known, file, _entry))
    nothing = Problem(Location(file, 1), "the search found no papers", "ask for something else", "warning")
    return ParsedDocument(
        entries=entries,
        title="Semantic Scholar",
        captured=options.captured,
        problems=(*(() if papers else (nothing,)), *_unknown(papers, file), *problems),
    )


def _unknown(papers: Iterable[object], file: str) -> Iterator[Problem]:
    """A warning for every paper that was asked for in vain, which only its place tells."""
    line = 1
    for number, paper in enumerate(papers, start=1):
        if isinstance(paper, JsonObject):
            line = paper.line
        if paper is None:
            message = f"paper {number} of the batch is unknown to Semantic Scholar"
            yield Problem(Location(file, line), message, f"check id {number} of those asked for", "warning")


def _entry(paper: JsonObject) -> Entry:
    ids = inner(paper, "externalIds")
    arxiv, doi, acl = (text(ids.get(name)) or None for name in ("ArXiv", "DOI", "ACL"))
    page = f"https://aclanthology.org/{acl}/" if acl else text(paper.get("url")) or None
    return Entry(
        line=paper.line,
        title=text(paper.get("title")),
        abstract=text(paper.get("abstract")) or None,
        authors=tuple(filter(None, (text(author.get("name")) for author in objects(paper.get("authors"))))),
        published=_published(paper),
        arxiv=arxiv,
        doi=doi,
        url=page if acl or not (arxiv or doi) else None,
        pdf=text(inner(paper, "openAccessPdf").get("url")) or None,
        venue=_venue(paper),
        categories=texts(paper.get("fieldsOfStudy")),
        type=_type(paper, arxiv),
    )


def _published(paper: JsonObject) -> PartialDate | None:
    return iso_date(paper.get("publicationDate")) or partial_date(paper.get("year"))


def _venue(paper: JsonObject) -> str | None:
    places = (text(paper.get("venue")), *(_name(paper, of) for of in ("publicationVenue", "journal")))
    return next((place for place in places if place and place.lower() not in _ARXIV_VENUES), None)


def _name(paper: JsonObject, of: str) -> str:
    return text(inner(paper, of).get("name"))


def _type(paper: JsonObject, arxiv: str | None) -> WorkType | None:
    if arxiv and not _venue(paper):
        return "preprint"
    return next((_TYPES[name] for name in texts(paper.get("publicationTypes")) if name in _TYPES), None)


READER = checked(
    Reader(
        "semantic-scholar",
        "papers of Semantic Scholar, saved from api.semanticscholar.org/graph/v1/paper",
        _mismatch,
        _read,
    )
)

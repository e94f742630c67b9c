"""Reader of works as Crossref describes them: a `message` with one work, or with `items`."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from papershelf.core.model import WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.checked import checked
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.markup import to_tex
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import (
    arxiv_id,
    first_text,
    inner,
    items,
    objects,
    partial_date,
    quoted,
    read_works,
    sorted_out,
    text,
    texts,
)

_TYPES: Final[dict[str, WorkType]] = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book-chapter": "incollection",
    "book-section": "incollection",
    "book-part": "incollection",
    "reference-entry": "incollection",
    "book": "book",
    "edited-book": "book",
    "monograph": "book",
    "reference-book": "book",
    "proceedings": "book",
    "dissertation": "thesis",
    "report": "report",
    "posted-content": "preprint",
    "dataset": "dataset",
}
_DATES: Final = ("issued", "published", "published-online", "published-print", "posted")
_RETRACTIONS: Final = frozenset({"retraction", "withdrawal", "removal", "expression_of_concern"})
_KINDS: Final = frozenset({"work", "work-list"})
_CURE: Final = "leave it out, or give the reason with withdrawn: in the curation"


def _mismatch(document: str) -> str:
    value = load(document)
    if value is None:
        return "is no JSON"
    message, kind = inner(value, "message"), text(inner(value).get("message-type"))
    if not kind or not message:
        return "has no “message” of Crossref"
    return "" if kind in _KINDS else f"is an answer of Crossref, but a {kind[:40]}"


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    message = inner(load(document), "message")
    works = items(message["items"]) if "items" in message else [message]
    entries, problems = sorted_out(read_works(works, file, _entry))
    if not works:
        problems = (
            Problem(Location(file, 1), "Crossref found no works", "ask for something else", "warning"),
        )
    return ParsedDocument(
        entries=entries,
        title="Crossref",
        captured=options.captured,
        problems=(*problems, *chain.from_iterable(_warnings(work, file) for work in objects(works))),
    )


def _entry(work: JsonObject) -> Entry:
    doi = text(work.get("DOI")) or None
    return Entry(
        line=work.line,
        title=_title(work),
        abstract=to_tex(text(work.get("abstract"))) or None,
        authors=tuple(filter(None, map(_author, objects(work.get("author"))))),
        published=_published(work),
        arxiv=_arxiv(work),
        doi=doi,
        url=None if doi else text(work.get("URL")) or None,
        pdf=_pdf(work),
        venue=_venue(work),
        categories=texts(work.get("subject")),
        type=_TYPES.get(text(work.get("type"))),
    )


def _title(work: JsonObject) -> str:
    title, subtitle = first_text(work.get("title")), first_text(work.get("subtitle"))
    is_within = subtitle.lower() in title.lower()
    return to_tex(title if is_within or not title else f"{title.rstrip(':')}: {subtitle}")


def _author(author: JsonObject) -> str:
    """A person as `Last, First`; a group in braces."""
    family = " ".join(filter(None, (text(author.get(name)) for name in ("family", "suffix"))))
    group, given = text(author.get("name")), text(author.get("given"))
    if family:
        return f"{family}, {given}" if given else family
    return f"{{{group}}}" if group else given


def _published(work: JsonObject) -> PartialDate | None:
    """The earliest date of publication as far as it is known; the day of the deposit is none."""
    for name in _DATES:
        parts = items(inner(work, name).get("date-parts"))
        known = partial_date(*items(parts[0] if parts else None))
        if known:
            return known
    return None


def _venue(work: JsonObject) -> str | None:
    named = first_text(work.get("container-title")) or text(inner(work, "event").get("name"))
    return to_tex(named) or None


def _relations(work: JsonObject, name: str) -> Iterator[str]:
    yield from (text(each.get("id")) for each in objects(inner(work, "relation").get(name)))


def _arxiv(work: JsonObject) -> str | None:
    """The arXiv id of the work's preprint."""
    places = [*_relations(work, "has-preprint"), *_relations(work, "is-version-of")]
    return arxiv_id([*places, *(f"arxiv.org/abs/{place.lower().removeprefix('arxiv:')}" for place in places)])


def _pdf(work: JsonObject) -> str | None:
    links = (link for link in objects(work.get("link")) if link.get("content-type") == "application/pdf")
    return next(filter(None, (text(link.get("URL")) for link in links)), None)


def _warnings(work: JsonObject, file: str) -> Iterator[Problem]:
    at = Location(file, work.line)
    named = quoted(_title(work) or text(work.get("DOI")))
    for notice in objects(work.get("updated-by")):
        if text(notice.get("type")).lower() in _RETRACTIONS:
            label = text(notice.get("label")) or text(notice.get("type"))
            message = f"of {named} there is a notice “{label[:40]}” ({text(notice.get('DOI'))[:80]})"
            yield Problem(at, message, _CURE, "warning")
    for notice in objects(work.get("update-to")):
        label = text(notice.get("label")) or text(notice.get("type"))
        message = f"{named} is a notice “{label[:40]}” about {text(notice.get('DOI'))[:80]}"
        yield Problem(at, message, "take that work instead if this is no paper of its own", "warning")
    for printed in _relations(work, "is-preprint-of"):
        message = f"{named} is a preprint, which was published as {printed[:80]}"
        yield Problem(
            at, message, "take the published work instead, or say same_as: in the curation", "warning"
        )


READER = checked(
    Reader(
        "crossref",
        "works of Crossref, saved from api.crossref.org/works",
        _mismatch,
        _read,
    )
)

"""Reader of what Papershelf writes: listings in content/papers, and the data of a site under api/v1.

What the other list's curator wrote, such as summaries, notes and topics, stays there.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Final, cast, get_args

from papershelf.core.model import WorkType
from papershelf.core.problems import Location, Problem
from papershelf.sources.checked import checked
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import count, iso_date, objects, quoted, sorted_out, text, texts

_LISTING: Final = {"id", "title", "format"}
_PAPER: Final = {"id", "title", "page", "citation_key"}
_GROUP: Final = {"id", "title", "count", "papers"}
_PAGE: Final = {"total", "papers"}
_CURE: Final = "save or download the file again, whole"


def _mismatch(document: str) -> str:
    if not document.lstrip("\ufeff \t\r\n").startswith("{"):
        return "is no JSON object"
    first = load(document.lstrip("\ufeff\r\n").partition("\n")[0]) if "\n" in document.strip() else None
    if isinstance(first, JsonObject) and (_is_listing(first) or first.keys() >= _PAPER):
        return ""
    return "" if _papers_of(load(document)) is not None else "has none of the shapes that Papershelf writes"


def _is_listing(value: JsonObject) -> bool:
    return value.keys() >= _LISTING and "position" not in value and "page" not in value


def _papers_of(value: object) -> list[JsonObject] | None:
    """The papers of a file of published data, None if it has none."""
    if not isinstance(value, JsonObject):
        return None
    if value.keys() >= _PAPER:
        return [value]
    papers = objects(value.get("papers"))
    is_known = value.keys() >= _GROUP or (value.keys() >= _PAGE and all("page" in each for each in papers))
    return papers if is_known and all({"id", "title"} <= each.keys() for each in papers) else None


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    whole = load(document)
    papers = _papers_of(whole)
    if papers is None:
        return _read_lines(document, file, options)
    entries, problems = sorted_out(chain.from_iterable(_entries(each, each.line, file) for each in papers))
    is_page = whole.keys() >= _PAGE
    title = "" if is_page or whole.keys() >= _PAPER else text(whole.get("title"))
    beside = text(whole.get("next")) if is_page else ""
    if beside:
        message = f"this is one page of the papers; the next is {beside}"
        problems = (
            *problems,
            Problem(Location(file, 1), message, "import papers.jsonl, which has all", "warning"),
        )
    return ParsedDocument(
        entries=entries,
        title=title or "Papers of another list",
        captured=options.captured or _captured(whole),
        problems=problems,
    )


def _read_lines(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    """Read JSON Lines: the papers of a listing behind the listing itself, or those of a whole site."""
    rows = list(_rows(document.removeprefix("\ufeff"), file))
    first = rows[0] if rows else None
    listing = (
        first[1] if first and isinstance(first[1], JsonObject) and _is_listing(first[1]) else JsonObject()
    )
    found = chain.from_iterable(
        [row] if isinstance(row, Problem) else _entries(row, number, file)
        for number, row in (rows[1:] if listing else rows)
    )
    entries, problems = sorted_out(found)
    return ParsedDocument(
        entries=entries,
        title=text(listing.get("title")) or "Papers of another list",
        listing_id=text(listing.get("id")) or None,
        captured=options.captured or _captured(listing),
        captured_inferred=not options.captured and listing.get("captured_inferred") is True,
        problems=problems,
    )


def _rows(document: str, file: str) -> Iterator[tuple[int, JsonObject | Problem]]:
    for number, line in enumerate(document.split("\n"), start=1):
        if line.strip():
            value = load(line)
            broken = Problem(
                Location(file, number), f"this line is no JSON object: {quoted(line[:200])}; skipped", _CURE
            )
            yield number, value if isinstance(value, JsonObject) else broken


def _captured(value: JsonObject) -> date | None:
    known = iso_date(value.get("captured"))
    return known.first_day if known and known.day else None


def _entries(paper: JsonObject, line: int, file: str) -> Iterator[Entry | Problem]:
    """The entry, and a warning if the other list says that the paper was withdrawn."""
    entry = _entry(paper, line)
    if not (entry.title or entry.arxiv or entry.doi or entry.openreview or entry.url):
        message = "the paper has neither a title nor an identifier; skipped"
        yield Problem(Location(file, line), message, "add one of them")
        return
    yield entry
    if withdrawn := text(paper.get("withdrawn")):
        message = f"the other list says that the paper is withdrawn: {quoted(withdrawn)}"
        cure = "leave it out, or give the reason with withdrawn: in the curation"
        yield Problem(Location(file, line), message, cure, "warning")


def _entry(paper: JsonObject, line: int) -> Entry:
    kind = text(paper.get("type"))
    inferred = paper.get("published_inferred") is True or "published" in texts(paper.get("inferred"))
    return Entry(
        line=line,
        title=text(paper.get("title")),
        abstract=text(paper.get("abstract")) or None,
        authors=tuple(_names(paper.get("authors"))),
        author_count=count(paper.get("author_count")),
        published=iso_date(paper.get("published")),
        published_inferred=inferred,
        comments=count(paper.get("comments")),
        upvotes=count(paper.get("upvotes")),
        arxiv=text(paper.get("arxiv")) or None,
        doi=text(paper.get("doi")) or None,
        openreview=text(paper.get("openreview")) or None,
        url=text(paper.get("url")) or None,
        pdf=text(paper.get("pdf")) or None,
        links=tuple(filter(None, (text(each.get("url")) for each in _linked(paper)))),
        venue=text(paper.get("venue")) or None,
        categories=texts(paper.get("categories")),
        type=cast("WorkType", kind) if kind in get_args(WorkType) else None,
    )


def _names(value: object) -> Iterator[str]:
    """The names of authors, of which some are objects with a name, and a group's is one word in braces."""
    for each in value if isinstance(value, list) else ():
        name = text(each.get("name")) if isinstance(each, JsonObject) else text(each)
        is_group = isinstance(each, JsonObject) and each.get("group") is True
        if name:
            yield f"{{{name}}}" if is_group and not name.startswith("{") else name


def _linked(paper: Mapping[str, object]) -> Iterable[JsonObject]:
    return objects(paper.get("links")) or objects(paper.get("code"))


READER = checked(
    Reader(
        "papershelf",
        "another list's content/papers/*.jsonl, or the data that its site publishes under api/v1",
        _mismatch,
        _read,
    )
)

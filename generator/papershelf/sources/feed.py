"""Reader of feeds of papers: RSS, Atom and JSON Feed, also those of other lists made by Papershelf."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any, Final, TypeAlias

import feedparser

from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.checked import checked
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.markup import to_tex
from papershelf.sources.paper_links import ARXIV_ID, PaperLink, identifier, paper_link
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import iso_date, objects, text, texts
from papershelf.sources.written_names import names_in
from papershelf.sources.xml_documents import root_name

Parsed: TypeAlias = Any  # feedparser has no types

_ROOTS: Final = frozenset({"rss", "feed", "RDF"})
_ITEM: Final = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])")
_DECLARATION: Final = "<!ENTITY"
_HEADERS: Final = {
    "content-type": "application/xml; charset=utf-8"
}  # it is text already, whatever it declares
_EXTENSION: Final = "_papershelf"
_OF_EDITION: Final = re.compile(r"(?:^|/)editions/[^/]+/?$")
_OUR_FEED: Final = re.compile(r"/feeds/(?:new|editions|[a-z]+/[a-z0-9-]+)\.json$")
_ARXIV_SUFFIX: Final = re.compile(rf"\.?\s*\(arXiv:(?P<id>{ARXIV_ID})(?:v[0-9]+)?[^()]*\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What an entry of either format says, as it stands there. ids: where identifiers may be."""

    line: int
    title: str
    body: str
    authors: Sequence[str]
    published: PartialDate | None
    ids: Sequence[str]
    page: str
    links: Sequence[str]
    categories: Sequence[str]
    pdf: str = ""
    venue: str = ""


def _mismatch(document: str) -> str:
    if document.lstrip("\ufeff \t\r\n").startswith("{"):
        value = load(document)
        is_feed = isinstance(value, JsonObject) and "jsonfeed.org/version/" in text(value.get("version"))
        return "" if is_feed else "is no JSON Feed"
    return "" if root_name(document) in _ROOTS else "is no feed: neither RSS nor Atom nor JSON Feed"


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    value = load(document) if document.lstrip("\ufeff \t\r\n").startswith("{") else None
    if isinstance(value, JsonObject):
        title, found = text(value.get("title")), list(_json_entries(value))
        problems: list[Problem] = []
    else:
        title, found, problems = _xml_entries(document, file)
    entries: list[Entry] = []
    for entry, is_edition in found:
        at = Location(file, entry.line)
        if is_edition:
            message = f"“{entry.title}” is an edition of another list, not a paper; skipped"
            problems.append(Problem(at, message, "take the list's feeds/new.xml", "warning"))
        elif entry.title or entry.arxiv or entry.doi or entry.openreview or entry.url:
            entries.append(entry)
        else:
            message = "the entry has neither a title nor an identifier; skipped"
            problems.append(Problem(at, message, "add one of them"))
    return ParsedDocument(
        entries=tuple(entries), title=title or "Feed", captured=options.captured, problems=tuple(problems)
    )


def _xml_entries(document: str, file: str) -> tuple[str, list[tuple[Entry, bool]], list[Problem]]:
    """The title of a feed in XML, its entries, and whether each is an edition instead of a paper."""
    if _DECLARATION in document:
        line = document.count("\n", 0, document.index(_DECLARATION)) + 1
        message = "the feed declares entities of its own, which can blow up to any size; it is not read"
        cure = "remove the lines with <!ENTITY, and write what they stand for"
        return "", [], [Problem(Location(file, line), message, cure)]
    parsed = feedparser.parse(BytesIO(document.encode("utf-8", "replace")), response_headers=_HEADERS)
    problems = list(_broken(parsed, document, file))
    is_ours = parsed.feed.get("generator") == "Papershelf"
    lines = _lines(document)
    found = []
    for number, item in enumerate(parsed.entries):
        line = lines[number] if number < len(lines) else 1
        is_edition = is_ours and bool(_OF_EDITION.search(item.get("link", "")))
        found.append((_xml_entry(item, line, parsed.version, is_ours=is_ours), is_edition))
    return to_tex(parsed.feed.get("title", "")), found, problems


def _broken(parsed: Parsed, document: str, file: str) -> Iterator[Problem]:
    error = parsed.get("bozo_exception")
    if parsed.bozo and hasattr(error, "getLineNumber"):
        line = min(max(error.getLineNumber() or 1, 1), document.count("\n") + 1)
        message = f"the XML is broken here: {error.getMessage()}; what could be read of it was"
        yield Problem(Location(file, line), message, "save or download the feed again, whole", "warning")


def _lines(document: str) -> list[int]:
    """The lines in which the items begin."""
    lines, line, end = [], 1, 0
    for found in _ITEM.finditer(document):
        line += document.count("\n", end, found.start())
        end = found.start()
        lines.append(line)
    return lines


def _xml_entry(item: dict[str, Any], line: int, version: str, *, is_ours: bool) -> Entry:
    related = [text(link.get("href")) for link in item.get("links", ()) if link.get("rel") == "related"]
    pdfs = [text(link.get("href")) for link in item.get("links", ()) if link.get("type") == "application/pdf"]
    written = text(item.get("prism_publicationdate")) or text(item.get("prism_coverdate"))
    told = text(item.get("published")) or (text(dict.get(item, "updated")) if version[:3] == "rss" else "")
    names = [text(author.get("name")) for author in item.get("authors", ())]
    bodies = [text(content.get("value")) for content in item.get("content", ())]
    body = max((*bodies, text(item.get("summary"))), key=len)
    return _entry(
        _Said(
            line=line,
            title=text(item.get("title")),
            body="" if is_ours else body,
            authors=names or [text(item.get("author"))],
            published=iso_date(written) or (None if is_ours else _day(told)),
            ids=[text(item.get(name)) for name in ("prism_doi", "dc_identifier", "id", "link")],
            page="" if is_ours else text(item.get("link")),
            pdf=next(iter(pdfs), ""),
            links=related,
            venue=text(item.get("prism_publicationname")) or text(item.get("dc_source")),
            categories=[text(tag.get("label")) or text(tag.get("term")) for tag in item.get("tags", ())],
        )
    )


def _day(written: str) -> PartialDate | None:
    """The day as it is written, in the time zone of who wrote it."""
    known = iso_date(written)
    try:
        return known or PartialDate.of(parsedate_to_datetime(written).date())
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _json_entries(feed: JsonObject) -> Iterator[tuple[Entry, bool]]:
    """The items of a JSON Feed, and whether each is an edition instead of a paper."""
    items = objects(feed.get("items"))
    has_extension = any(_EXTENSION in item for item in items) or bool(
        _OUR_FEED.search(text(feed.get("feed_url")))
    )
    for item in items:
        ours = item.get(_EXTENSION)
        is_ours = has_extension or isinstance(ours, JsonObject)
        said = ours if isinstance(ours, JsonObject) else JsonObject()
        people = objects(item.get("authors")) or objects([item.get("author")])
        body = text(item.get("content_html")) or text(item.get("content_text")) or text(item.get("summary"))
        external = text(item.get("external_url"))
        page = external if external and paper_link(external) else text(item.get("url"))
        yield (
            _entry(
                _Said(
                    line=item.line,
                    title=text(item.get("title")),
                    body="" if is_ours else body,
                    authors=[text(person.get("name")) for person in people],
                    published=iso_date(said.get("published") if is_ours else item.get("date_published")),
                    ids=[external, text(item.get("id")), text(item.get("url"))],
                    page="" if is_ours else page,
                    links=[text(link.get("url")) for link in objects(said.get("links"))]
                    or ([external] if external and not paper_link(external) else []),
                    categories=list(texts(item.get("tags"))),
                )
            ),
            is_ours and bool(_OF_EDITION.search(text(item.get("url")))),
        )


def _entry(said: _Said) -> Entry:
    title = " ".join(to_tex(said.title).split())
    suffix = _ARXIV_SUFFIX.search(title)
    found = [link for link in map(_identified, said.ids) if link]
    known: dict[str, str] = {}
    for link in (*([PaperLink("arxiv", suffix["id"])] if suffix else []), *found):
        known.setdefault(link.kind, link.value)
    return Entry(
        line=said.line,
        title=title[: suffix.start()] if suffix else title,
        abstract=to_tex(said.body) or None,
        authors=_names(said.authors),
        published=said.published,
        arxiv=known.get("arxiv"),
        doi=known.get("doi"),
        openreview=known.get("openreview"),
        url=said.page or None,
        pdf=said.pdf or None,
        links=tuple(dict.fromkeys(filter(None, said.links))),
        venue=said.venue or None,
        categories=tuple(dict.fromkeys(" ".join(each.split()) for each in said.categories if each.strip())),
    )


def _identified(place: str) -> PaperLink | None:
    """The identifier in an id or a link: an address, a DOI, an OAI identifier of arXiv."""
    if place.lower().startswith("oai:arxiv.org:"):
        return paper_link(f"https://arxiv.org/abs/{place[14:]}")
    bare = re.sub(r"^(?:doi:|info:doi/|urn:doi:)\s*", "", place.strip(), flags=re.IGNORECASE)
    return identifier(bare) or paper_link(bare)


def _names(authors: Sequence[str]) -> tuple[str, ...]:
    """The names; of a single text that lists several, each."""
    found: list[str] = []
    for author in authors:
        listed = names_in(author)
        found += listed if len(listed) > 1 else [author] if author else []
    return tuple(found)


READER = checked(
    Reader(
        "feed",
        "RSS, Atom or JSON Feed of papers: of a journal, a site, or another list made by Papershelf",
        _mismatch,
        _read,
    )
)

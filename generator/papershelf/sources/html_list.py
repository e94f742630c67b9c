"""Reader of saved pages: lists of papers in HTML, and pages of one paper that name it for search engines."""

import re
from collections.abc import Iterator
from typing import Final

from papershelf.sources import html_blocks
from papershelf.sources.paper_entries import listed_papers
from papershelf.sources.paper_links import paper_link
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import iso_date
from papershelf.sources.venue_names import written_day

_SAMPLE: Final = 2_000_000  # characters in which a list shows
_HEAD: Final = 4_000
_IS_HTML: Final = re.compile(
    r"<!doctype html|<html[\s>]|\A\s*<(?:ul|ol|dl|table|div|section|article|main|body|meta|li|p|h[1-6])[\s>]",
    re.IGNORECASE,
)
_META: Final = re.compile(r"<meta\b[^<>]{0,200}\bcitation_title\b", re.IGNORECASE)
_PIECE: Final = re.compile(
    r"<(?P<block>li|tr|dt)\b|(?P<ends></(?:ul|ol|dl|table)>)|<(?P<other>p|div)\b[^<>]{0,200}>(?P<starts>\s*<(?:a|b|strong)\b)?"
    r"|\bhref\s*=\s*[\"']?(?P<href>https?:[^\"'\s<>]{1,500})",
    re.IGNORECASE,
)
_ENOUGH: Final = 3  # papers, whatever else is there
_SHARE: Final = 0.5  # of the items with links
_DATES: Final = ("publication_date", "date", "online_date", "cover_date", "year")
_VENUES: Final = ("journal_title", "conference_title", "inbook_title", "conference", "journal_abbrev")


def _mismatch(text: str) -> str:
    if not _IS_HTML.search(text[:_HEAD]):
        return "is no HTML"
    if _META.search(text[:_SAMPLE]):
        return ""
    papers, other = _counted(text[:_SAMPLE])
    if papers and (papers >= _ENOUGH or papers / (papers + other) >= _SHARE):
        return ""
    return "has no list of papers" if not papers else f"has {papers} links to papers among {other} others"


def _counted(text: str) -> tuple[int, int]:
    """How many items have a link to a paper, and how many only others."""
    counts = {True: 0, False: 0}
    state: bool | None = None
    is_item = False
    for found in _PIECE.finditer(text):
        if found["href"]:
            if is_item:
                state = bool(state) or paper_link(found["href"]) is not None
        elif found["block"] or found["starts"] or found["ends"] or not is_item:
            if state is not None:
                counts[state] += 1
            state, is_item = None, bool(found["block"] or found["starts"])
    if state is not None:
        counts[state] += 1
    return counts[True], counts[False]


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    root = html_blocks.parse(text)
    title = "" if root is None else " ".join((root.findtext(".//head/title") or "").split())
    paper = None if root is None else _cited(root)
    if paper:
        return ParsedDocument(entries=(paper,), title=title or paper.title, captured=options.captured)
    found = listed_papers(html_blocks.html_blocks(text), file)
    return ParsedDocument(
        entries=tuple(found.entries),
        title=title or "List of papers",
        captured=options.captured,
        problems=tuple(found.problems),
    )


def _cited(root: html_blocks.Node) -> Entry | None:
    """The paper that the page is about, if it says so as Google Scholar reads it."""
    said: dict[str, list[str]] = {}
    line = 1
    for name, content, at in _citations(root):
        line = at if name == "title" and "title" not in said else line
        said.setdefault(name, []).append(content)
    if "title" not in said:
        return None

    def first(*names: str) -> str | None:
        return next((said[name][0] for name in names if name in said), None)

    page = first("abstract_html_url", "public_url", "fulltext_html_url")
    authors = said.get("author") or [each for line in said.get("authors", ()) for each in line.split(";")]
    link = paper_link(page or "")
    date = first(*_DATES) or ""
    return Entry(
        line=line,
        title=said["title"][0],
        abstract=first("abstract"),
        authors=tuple(name for name in (" ".join(each.split()) for each in authors) if name),
        published=iso_date(date.replace("/", "-")) or written_day(date),
        arxiv=first("arxiv_id") or (link.value if link and link.kind == "arxiv" else None),
        doi=first("doi"),
        openreview=link.value if link and link.kind == "openreview" else None,
        url=page,
        pdf=first("pdf_url"),
        venue=first(*_VENUES),
        categories=tuple(
            each.strip()
            for line in said.get("keywords", ())
            for each in re.split("[;,]", line)
            if each.strip()
        ),
    )


def _citations(root: html_blocks.Node) -> Iterator[tuple[str, str, int]]:
    """What `<meta name="citation_…">` say: names without the prefix, values that are not empty, lines."""
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if name.startswith("citation_") and content:
            yield name.removeprefix("citation_"), content, element.sourceline or 1


READER = Reader(
    "html-list",
    "a saved web page with a list of papers, or of one paper",
    _mismatch,
    _read,
)

"""Reader of Markdown lists of papers, such as “awesome” READMEs: bullets, tables, titles above links."""

import re
from collections.abc import Iterable, Iterator, MutableMapping
from html import unescape
from itertools import islice, takewhile
from typing import Any, Final, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

from papershelf.sources.html_blocks import html_blocks
from papershelf.sources.paper_entries import listed_papers
from papershelf.sources.paper_items import (
    LONGEST,
    Block,
    BlockKind,
    Run,
    joined,
    papers_in,
    with_bare_addresses,
)
from papershelf.sources.parsed import ParsedDocument, Reader, ReadOptions

Environment: TypeAlias = MutableMapping[str, Any]

_INLINE: Final = MarkdownIt("commonmark")
_NESTING: Final = {"list_item_open": 1, "list_item_close": -1}
_HTML_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z]+)(?:[^>]*?\shref\s*=\s*[\"']?(?P<href>[^\"'\s>]+))?", re.DOTALL
)
_HTML_NAMES: Final = {"a": "link", "b": "strong", "strong": "strong", "i": "em", "em": "em", "br": "break"}
_SAMPLE: Final = 1_000_000  # characters in which a list shows
_ITEM: Final = re.compile(r"^[ \t]{0,12}(?:[-*+]|[0-9]{1,4}[.)])[ \t]|^[ \t]*\||^\*\*|^\[[^\]]{20}")
_ADDRESS: Final = re.compile(r"https?://[^\s<>()\"'|\]]+")
_INSTALLATION: Final = re.compile(
    r"^\s*(?:[$>] ?)?(?:pip3? install|git clone|conda |npm |yarn |cargo |docker "
    r"|make\b|import \w|from \w+ import|def |class )",
    re.MULTILINE,
)
_FENCED: Final = re.compile(
    r"^[ ]{0,3}(?P<fence>```|~~~).*?(?:^[ ]{0,3}(?P=fence)|\Z)", re.MULTILINE | re.DOTALL
)
_MOST_LINKS: Final = 20  # of a line that are looked at
_ENOUGH: Final = 20  # papers, whatever else is there
_SHARE: Final = 0.25  # of the items with links
_SHARE_OF_SOFTWARE: Final = 0.7
_FEW: Final = 3
_NO_MARKDOWN: Final = re.compile(
    r"\s*(?:<(?:!doctype|\?xml|html|rss|feed)|[{\[]\s*[\"{]|@\w+\s*\{|%[^\n]*\n|\\documentclass)",
    re.IGNORECASE,
)
_IMAGE: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)|<[^>]*>")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_FIRST_HEADING: Final = re.compile(r"^#\s+(?P<title>[^\n]{1,200})", re.MULTILINE)


def _mismatch(text: str) -> str:
    if _NO_MARKDOWN.match(text):
        return "is no Markdown"
    sample = _without_code(text[:_SAMPLE])
    papers, other = _counted(sample)
    if not papers:
        return "has no items or rows of a table with links to papers"
    is_software = bool(_INSTALLATION.search(text[:_SAMPLE]))
    share = papers / (papers + other)
    is_list = papers >= _ENOUGH or share >= (_SHARE_OF_SOFTWARE if is_software else _SHARE)
    if is_software and papers < _FEW:
        is_list = False
    return "" if is_list else f"has {papers} links to papers among {other} others"


def _counted(text: str) -> tuple[int, int]:
    """How many items and rows have a link to a paper, and how many only others."""
    papers = other = 0
    is_item = False
    for line in text.splitlines():
        is_item = bool(_ITEM.match(line)) or (is_item and bool(line.strip()))
        if not is_item or "http" not in line:
            continue
        addresses = (found[0] for found in islice(_ADDRESS.finditer(line[:LONGEST]), _MOST_LINKS))
        if any(papers_in([Run("", address) for address in addresses])):
            papers += 1
        else:
            other += 1
    return papers, other


def _without_code(text: str) -> str:
    """The text without fenced code."""
    return _FENCED.sub("", text) if "```" in text or "~~~" in text else text


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    found = listed_papers(tuple(_blocks(text)), file)
    heading = _FIRST_HEADING.search(text[:_SAMPLE])
    title = _LINK.sub(r"\1", _IMAGE.sub("", heading["title"])) if heading else ""
    return ParsedDocument(
        entries=tuple(found.entries),
        title=title.strip(" #*_") or "List of papers",
        captured=options.captured,
        problems=tuple(found.problems),
    )


def _blocks(text: str) -> Iterator[Block]:
    """Headings, paragraphs, items and rows, in their order."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    environment: Environment = {}
    tokens = iter(parser.parse(text, environment))
    depth, level = 0, 0
    for token in tokens:
        if token.type in _NESTING:
            depth += _NESTING[token.type]
        elif token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "table_open":
            yield from _rows(takewhile(lambda each: each.type != "table_close", tokens), environment)
        elif token.type == "html_block":
            yield from html_blocks(token.content, first_line=_line(token))
        elif token.type == "inline":
            kind: BlockKind = "heading" if level else "item" if depth else "paragraph"
            yield Block(kind, _line(token), _runs(token.content, kind, environment), level or depth)
            level = 0


def _rows(tokens: Iterable[Token], environment: Environment) -> Iterator[Block]:
    """The rows of one table below its heading."""
    columns: tuple[str, ...] | None = None
    cells: list[tuple[Run, ...]] = []
    line = 1
    for token in tokens:
        if token.type == "tr_open":
            cells, line = [], _line(token)
        elif token.type == "inline":
            cells.append(_runs(token.content, "row", environment))
        elif token.type == "tr_close" and columns is None:
            columns = tuple("".join(run.text for run in cell) for cell in cells)
        elif token.type == "tr_close":
            yield Block("row", line, cells=tuple(cells), columns=columns or ())


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _runs(content: str, kind: BlockKind, environment: Environment) -> tuple[Run, ...]:
    """The runs of a text; prose is none that anything is looked for in, and stays as it is."""
    is_prose = kind == "paragraph" and not content.startswith(("*", "_", "[", "<", "!", "http"))
    if is_prose or len(content) > LONGEST:
        return (Run(content),)
    found: list[Run] = []
    url, bold, italic = "", 0, 0
    (inline,) = _INLINE.parseInline(content, environment)
    for token in inline.children or ():
        tag = _HTML_TAG.match(token.content) if token.type == "html_inline" else None
        name = _HTML_NAMES.get(tag["name"].lower(), "") if tag else token.type.rpartition("_")[0]
        step = -1 if (tag and tag["end"]) or token.type.endswith("_close") else 1
        if name == "link":
            found += [Run(" ", url)] * bool(url and step < 0 and not (found and found[-1].url == url))
            href = (tag["href"] or "") if tag else str(token.attrGet("href") or "")
            url = unescape(href) if step > 0 else ""
        elif name == "strong":
            bold += step
        elif name == "em":
            italic += step
        elif name == "break" or token.type in {"softbreak", "hardbreak"}:
            found.append(Run(" " if token.type == "softbreak" and kind != "paragraph" else "\n", url))
        elif token.type in {"text", "code_inline"}:
            found.append(Run(token.content, url, bold=bold > 0, italic=italic > 0))
    return with_bare_addresses(joined(found))


READER = Reader(
    "markdown-list",
    "a list of papers in Markdown, such as the README of an “awesome” list",
    _mismatch,
    _read,
)

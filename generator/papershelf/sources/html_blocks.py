"""The headings, items, rows and paragraphs of a page in HTML, read without network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from lxml import etree

from papershelf.sources.paper_items import Block, BlockKind, Run, joined, with_bare_addresses

Node: TypeAlias = Any  # lxml has no types

_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "nav", "svg", "head", "button", "select"}
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OPENING: Final[dict[str, BlockKind]] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "li": "item",
    "dt": "item",
    "dd": "item",
    "tr": "row",
    "p": "paragraph",
}
_LISTS: Final = frozenset({"ul", "ol", "dl"})
_BOLD: Final = frozenset({"b", "strong"})
_ITALIC: Final = frozenset({"i", "em", "cite"})
_BREAKING: Final = frozenset({"br", "div", "p", "ul", "ol"})


@dataclass(slots=True)
class _Open:
    """A block whose end was not met yet. is_heading: of a row, that it names columns."""

    kind: BlockKind
    line: int
    depth: int
    runs: list[Run] = field(default_factory=list)
    cells: list[list[Run]] = field(default_factory=list)
    is_heading: bool = True

    def block(self, columns: tuple[str, ...]) -> Block:
        """What it has become; a row of one cell, which makes a layout, is an item."""
        cells = tuple(_finished(cell) for cell in self.cells)
        if self.kind == "row" and len(cells) == 1:
            return Block("item", self.line, cells[0], self.depth)
        return Block(self.kind, self.line, _finished(self.runs), self.depth, cells, columns)


def parse(text: str) -> Node:
    """The root of a page; None if there is nothing in it."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def html_blocks(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of a page or of a piece of one, which begins in this line, in the order of their starts."""
    root = parse(text)
    return () if root is None else _Walk(first_line).blocks(root)


class _Walk:
    """What is open at a place of the page."""

    def __init__(self, first_line: int) -> None:
        self._before = first_line - 1
        self._opened: list[_Open] = []
        self._places: list[int] = []
        self._found: list[Block | None] = []
        self._columns: list[tuple[str, ...]] = []
        self._lists = self._bold = self._italic = self._skipped = 0
        self._urls: list[str] = []

    def blocks(self, root: Node) -> tuple[Block, ...]:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                self._start(tag, element)
                self._say(element.text)
            else:
                self._end(tag)
                self._say(element.tail)
        return tuple(block for block in self._found if block)

    def _say(self, text: str | None) -> None:
        if not text or self._skipped or not self._opened:
            return
        url = self._urls[-1] if self._urls else ""
        run = Run(" ".join(f".{text}.".split())[1:-1], url, self._bold > 0, self._italic > 0)
        self._target().append(run)

    def _target(self) -> list[Run]:
        opened = self._opened[-1]
        return opened.cells[-1] if opened.cells else opened.runs

    def _start(self, tag: str, element: Node) -> None:
        self._lists += tag in _LISTS
        self._bold += tag in _BOLD
        self._italic += tag in _ITALIC
        self._skipped += tag in _SKIPPED
        if tag == "table":
            self._columns.append(())
        elif tag == "a":
            self._urls.append(element.get("href") or "")
        elif tag in {"td", "th"} and self._opened and self._opened[-1].kind == "row":
            self._opened[-1].cells.append([])
            self._opened[-1].is_heading = self._opened[-1].is_heading and tag == "th"
        if tag in _OPENING and not (tag == "p" and self._opened):
            depth = int(tag[1]) if tag in _HEADINGS else self._lists + (tag == "dd")
            self._opened.append(_Open(_OPENING[tag], self._before + (element.sourceline or 1), depth))
            self._places.append(len(self._found))
            self._found.append(None)
        elif tag in _BREAKING and self._opened:
            self._target().append(Run("\n"))

    def _end(self, tag: str) -> None:
        self._lists -= tag in _LISTS
        self._bold -= tag in _BOLD
        self._italic -= tag in _ITALIC
        self._skipped -= tag in _SKIPPED
        if tag == "a" and self._urls:
            url = self._urls.pop()
            if url and self._opened and not any(run.url == url for run in self._target()[-1:]):
                self._target().append(Run(" ", url))
        elif tag == "table" and self._columns:
            self._columns.pop()
        elif tag in _OPENING and self._opened and (tag != "p" or self._opened[-1].kind == "paragraph"):
            self._close()

    def _close(self) -> None:
        opened, place = self._opened.pop(), self._places.pop()
        columns = self._columns[-1] if self._columns else ()
        if opened.kind == "row" and opened.is_heading and opened.cells and self._columns:
            self._columns[-1] = tuple("".join(run.text for run in cell) for cell in opened.cells)
        else:
            self._found[place] = opened.block(columns)


def _finished(runs: Sequence[Run]) -> tuple[Run, ...]:
    return with_bare_addresses(joined(runs))

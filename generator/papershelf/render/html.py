"""Rendered templates to HTML, by Python-Markdown with the extensions that the site's renderer uses.

Only the template's own words are parsed, and equal stretches once: pages are alike, their values are not.
"""

import html
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.toc import slugify, strip_tags, unique
from markdown.treeprocessors import Treeprocessor

from papershelf.core import urls
from papershelf.render import placeholders
from papershelf.render.placeholders import MARK

EXTENSIONS: Final = ("attr_list", "fenced_code", "md_in_html", "tables")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNNAMED: Final = "\x06"
_NUMBERED = re.compile(f"{MARK}([0-9]+);")
_BLOCK = re.compile(r'^<(article|div|nav|section)\b[^<>\n]* markdown="1">\n(?:.*\n)*?</\1>$', re.MULTILINE)
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]+\]:", re.MULTILINE)
_UNNAMED_HEADING = re.compile(rf'<(h[1-6])([^<>]*) id="{_UNNAMED}">(.*?)</\1>', re.DOTALL)
_ID = re.compile(r'<[a-z][^<>]* id="([^"]*)"')
_FIRST_HEADING = re.compile(r'<h[12][^<>]* id="([^"]*)"')
SEGMENTS: Final = 20_000
_PARSING: Final = threading.Lock()  # the parser keeps notes about the text before it


@dataclass(frozen=True, slots=True)
class Hypertext:
    """A page's content: `links` are the relative links in it as its Markdown has them, in order.

    `first` is the id of its first heading of level 1 or 2, "" if it has none.
    """

    html: str
    links: tuple[str, ...]
    first: str


@dataclass(frozen=True, slots=True)
class _Segment:
    """HTML around holes: `order[n]` is the number of the hole between `pieces[n]` and `pieces[n + 1]`."""

    pieces: tuple[str, ...]
    order: tuple[int, ...]
    links: tuple[str, ...]


def hypertext(skeleton: str) -> Hypertext:
    """The HTML of a rendered template whose holes are not filled yet."""
    text, values = placeholders.split(skeleton)
    links = [value for kind, value in values if placeholders.is_internal(kind, value)]
    filled, at = [], 0
    for source in _segments(text):
        segment = _segment(source)
        here = [placeholders.in_html(*values[at + number]) for number in segment.order]
        filled.append(
            "".join(piece for pair in zip(segment.pieces, [*here, ""], strict=True) for piece in pair)
        )
        links += segment.links
        at += source.count(MARK)
    content = _with_heading_ids("\n".join(filled))
    first = _FIRST_HEADING.search(content)
    return Hypertext(content, tuple(dict.fromkeys(links)), first[1] if first else "")


def _segments(text: str) -> Iterator[str]:
    """Stretches that Markdown renders alike alone and together: HTML blocks, and what is between them."""
    if "]:" in text and _REFERENCE.search(text):
        yield text
        return
    at = 0
    for block in _BLOCK.finditer(text):
        if block[0].count(f"<{block[1]}") > 1:
            continue
        between = text[at : block.start()]
        if between.strip():
            yield between.strip("\n")
        yield block[0]
        at = block.end()
    if text[at:].strip():
        yield text[at:].strip("\n")


@lru_cache(SEGMENTS)
def _segment(source: str) -> _Segment:
    parts = source.split(MARK)
    marked = "".join(f"{part}{MARK}{number};" for number, part in enumerate(parts[:-1])) + parts[-1]
    parser, links = _parser()
    with _PARSING:
        links.found.clear()
        pieces = _NUMBERED.split(parser.reset().convert(marked))
        return _Segment(tuple(pieces[::2]), tuple(map(int, pieces[1::2])), tuple(links.found))


class _Links(Treeprocessor):
    """Links between Markdown files become links between pages; `found` lists the relative ones as written.

    Headings get ids but for those of articles: cards, which nobody links to.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def run(self, root: Element) -> None:
        of_cards = {heading for card in root.iter("article") for heading in card.iter()}
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            href = element.get(name, "") if name else ""
            if href and MARK not in href and urls.is_relative(href):
                self.found.append(href)
                element.set(name or "", urls.in_browser(href))
            if element.tag in _HEADINGS and "id" not in element.attrib and element not in of_cards:
                element.set("id", _UNNAMED)


@cache
def _parser() -> tuple[markdown.Markdown, _Links]:
    parser = markdown.Markdown(extensions=list(EXTENSIONS))
    links = _Links()
    parser.treeprocessors.register(links, "papershelf", 0)
    return parser, links


def _with_heading_ids(content: str) -> str:
    """Every heading without an id gets one made of its words, as Python-Markdown's contents extension."""
    if _UNNAMED not in content:
        return content
    used = set(_ID.findall(content)) - {_UNNAMED}

    def named(found: re.Match[str]) -> str:
        name = unique(_slug(found[3]), used)
        return f'<{found[1]}{found[2]} id="{name}">{found[3]}</{found[1]}>'

    return _UNNAMED_HEADING.sub(named, content)


@lru_cache(SEGMENTS)
def _slug(heading: str) -> str:
    return slugify(html.unescape(strip_tags(heading)), "-")

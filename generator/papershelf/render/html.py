"""Rendered templates to HTML, by Python-Markdown with the extensions that the site's renderer uses.

Only the template's own words are parsed, in segments that are cached: pages share them, their values differ.
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
from papershelf.render.placeholders import START, RenderedTemplate, as_html, interleave
from papershelf.text.page_html import EXTENSIONS

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_ID: Final = "\x06"  # the id of a heading until _with_heading_ids gives it one
_NUMBERED = re.compile(f"{START}([0-9]+);")
_BLOCK = re.compile(r'^<(article|div|nav|section)\b[^<>\n]* markdown="1">\n(?:.*\n)*?</\1>$', re.MULTILINE)
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]+\]:", re.MULTILINE)
_HEADING_WITHOUT_ID = re.compile(rf'<(h[1-6])([^<>]*) id="{_NO_ID}">(.*?)</\1>', re.DOTALL)
_ID = re.compile(r'<[a-z][^<>]* id="([^"]*)"')
_FIRST_HEADING = re.compile(r'<h[12][^<>]* id="([^"]*)"')
_CACHE_SIZE: Final = 20_000
_PARSING: Final = threading.Lock()  # the parser has state, and the server renders in threads


@dataclass(frozen=True, slots=True)
class HtmlContent:
    """A page's content: `links` are its relative links as written in Markdown, each once, in order.

    `first_heading` is the id of its first heading of level 1 or 2, "" if it has none.
    """

    html: str
    links: tuple[str, ...]
    first_heading: str


@dataclass(frozen=True, slots=True)
class _Segment:
    """HTML in pieces: `order[n]` is the number of the placeholder between `pieces[n]` and `pieces[n + 1]`."""

    pieces: tuple[str, ...]
    order: tuple[int, ...]
    links: tuple[str, ...]


def to_html(rendered: RenderedTemplate, *, whole: bool = False) -> HtmlContent:
    """The HTML of a rendered template, its placeholders filled; `whole`: parsed at once, not in segments."""
    links = [value for kind, value in rendered.values if kind == "target" and urls.is_relative(value)]
    filled, at = [], 0
    for source in [rendered.text.strip()] if whole else _segments(rendered.text):
        segment = _segment(source)
        values = [as_html(*rendered.values[at + number]) for number in segment.order]
        filled.append(interleave(segment.pieces, values))
        links += segment.links
        at += source.count(START)
    content = _with_heading_ids("\n".join(filled))
    heading = _FIRST_HEADING.search(content)
    return HtmlContent(content, tuple(dict.fromkeys(links)), heading[1] if heading else "")


def _segments(text: str) -> Iterator[str]:
    """Split the text where Markdown's result does not depend on what is around: at HTML blocks."""
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


@lru_cache(_CACHE_SIZE)
def _segment(source: str) -> _Segment:
    parts = source.split(START)
    numbered = "".join(f"{part}{START}{number};" for number, part in enumerate(parts[:-1])) + parts[-1]
    parser, links = _parser()
    with _PARSING:
        links.found.clear()
        pieces = _NUMBERED.split(parser.reset().convert(numbered))
        return _Segment(tuple(pieces[::2]), tuple(map(int, pieces[1::2])), tuple(links.found))


class _Links(Treeprocessor):
    """Turn links between Markdown files into links between pages; collect the relative ones as written.

    Headings get ids, except in articles: these are cards, which nobody links to.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def run(self, root: Element) -> None:
        of_cards = {heading for card in root.iter("article") for heading in card.iter()}
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            href = element.get(name, "") if name else ""
            if href and START not in href and urls.is_relative(href):
                self.found.append(href)
                element.set(name or "", urls.in_browser(href))
            if element.tag in _HEADINGS and "id" not in element.attrib and element not in of_cards:
                element.set("id", _NO_ID)


@cache
def _parser() -> tuple[markdown.Markdown, _Links]:
    parser = markdown.Markdown(extensions=list(EXTENSIONS))
    links = _Links()
    parser.treeprocessors.register(links, "papershelf", 0)
    return parser, links


def _with_heading_ids(content: str) -> str:
    """Give every heading without an id one made of its words, as Python-Markdown's toc extension does."""
    if _NO_ID not in content:
        return content
    used = set(_ID.findall(content)) - {_NO_ID}

    def with_id(found: re.Match[str]) -> str:
        name = unique(_slug(found[3]), used)
        return f'<{found[1]}{found[2]} id="{name}">{found[3]}</{found[1]}>'

    return _HEADING_WITHOUT_ID.sub(with_id, content)


@lru_cache(_CACHE_SIZE)
def _slug(heading: str) -> str:
    return slugify(html.unescape(strip_tags(heading)), "-")

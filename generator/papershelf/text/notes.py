"""Curators' notes: a checked subset of Markdown (emphasis, links, code, lists, tables, formulas) as HTML."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from papershelf.core import web_urls
from papershelf.text import links
from papershelf.text.cleaning import clean
from papershelf.text.mathml import FORMULA, mathml

_RULES: Final = (
    *("emphasis", "strikethrough", "link", "autolink", "backticks", "fence", "list", "table", "escape"),
    *("entity", "newline"),
)
_REFUSED: Final = {
    "html_inline": ("raw HTML is not shown", "write Markdown; put code between backticks"),
    "html_block": ("raw HTML is not shown", "write Markdown; put code between backticks"),
    "image": ("images are not shown", "link to the picture instead"),
    "heading_open": ("headings are not shown", "use **bold** words"),
    "hr": ("rules are not shown", "leave an empty line between paragraphs"),
    "blockquote_open": ("quotations are not shown", "use quotation marks"),
}
_BOX: Final = re.compile(r"\[[ xX]\] ")
_NO_BOXES: Final = ("boxes to tick are not shown", "write a list without [ ]")
_ADDRESS: Final = re.compile(r"https?://[^\s<>]+")
_MAIL = re.compile(r"mailto:[^?#]*@", re.IGNORECASE)


def _is_allowed(target: str) -> bool:
    return not _mistake(target)


def _mistake(target: str) -> tuple[str, str] | None:
    """What is wrong with a link's target, as (message, hint); None if nothing is."""
    if _MAIL.match(target):
        return None
    if not target.lower().startswith(("http:", "https:")):
        return f"'{target}' is not a web or mail address", "link to http://, https:// or mailto:"
    try:
        web_urls.checked(target)
    except web_urls.WebUrlError as error:
        return f"'{target}' {error.message}", error.cure
    return None


class _Markdown(MarkdownIt):
    """Markdown that keeps only links whose target `is_allowed`."""

    def __init__(self, preset: str, is_allowed: Callable[[str], bool]) -> None:
        super().__init__(preset)
        self._is_allowed = is_allowed

    def validateLink(self, url: str) -> bool:  # noqa: N802  overrides a method of markdown-it
        return self._is_allowed(url)


@dataclass(frozen=True, slots=True)
class Address:
    """A bare web address in a text."""

    url: str


class _Addresses:
    """Finds bare web addresses, in the way that markdown-it asks for them."""

    def match_at_start(self, text: str) -> Address | None:
        """The address that the text begins with, without the punctuation after it."""
        found = _ADDRESS.match(text)
        return Address(links.trim(found[0])) if found else None


def _formula(state: StateInline, silent: object) -> bool:
    """A rule of markdown-it: a formula between dollar signs."""
    found = FORMULA.match(state.src, state.pos) if state.src[state.pos] == "$" else None
    tex = (found[1] or "") if found else ""
    if not found or not mathml(tex):
        return False
    if not silent:
        state.push("formula", "", 0).content = tex
    state.pos = found.end()
    return True


def _formula_html(_: object, tokens: list[Token], index: int, *__: object) -> str:
    return mathml(tokens[index].content)


def _parser(preset: str, is_allowed: Callable[[str], bool]) -> _Markdown:
    parser = _Markdown(preset, is_allowed)
    parser.linkify = _Addresses()
    parser.options["linkify"] = True
    parser.inline.ruler.enable("linkify")
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.add_render_rule("formula", _formula_html)
    return parser


_RENDERER: Final = _parser("zero", _is_allowed).enable(list(_RULES))
_CHECKER: Final = _parser("commonmark", lambda _: True)  # `check` reports bad targets itself


@dataclass(frozen=True, slots=True)
class Mistake:
    """What would not be displayed as intended: a message, a hint, and the word in the note that says it."""

    message: str
    hint: str
    word: str


def check(note: str) -> tuple[Mistake, ...]:
    """Everything in a note that would not be displayed as intended."""
    lines = note.split("\n")
    return tuple(
        dict.fromkeys(mistake for token in _CHECKER.parse(note) for mistake in _mistakes(token, lines))
    )


def _mistakes(block: Token, lines: list[str]) -> Iterator[Mistake]:
    """Those of one block, the words of a paragraph included."""
    if block.type in _REFUSED:
        yield Mistake(*_REFUSED[block.type], lines[block.map[0]].strip() if block.map else "")
    if _BOX.match(block.content) and block.level > 1:
        yield Mistake(*_NO_BOXES, block.content[:3])
    for token in block.children or []:
        if token.type in _REFUSED:
            yield Mistake(*_REFUSED[token.type], "![" if token.type == "image" else token.content)
        target = str(token.attrGet("href")) if token.type == "link_open" else ""
        if wrong := _mistake(target) if target else None:
            yield Mistake(*wrong, target)


def render(note: str) -> str:
    """The note as HTML; what lies outside the subset is displayed as text."""
    return str(_RENDERER.render(note)).strip()


def plain(note: str) -> str:
    """The note as one line of plain text, without markup and link targets."""
    blocks = (token.children or [token] for token in _RENDERER.parse(note) if token.content)
    return " ".join("".join(_plain_token(token) for token in block) for block in blocks)


def _plain_token(token: Token) -> str:
    if token.type == "formula":
        return clean(f"${token.content}$")
    return " " if token.type in {"softbreak", "hardbreak"} else token.content

"""Curators' notes: a checked subset of Markdown (emphasis, links, code, lists), rendered to HTML."""

import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from papershelf.core import web_urls

_RULES = ("emphasis", "link", "autolink", "backticks", "fence", "list", "escape", "entity", "newline")
_REFUSED = {
    "html_inline": ("raw HTML is not shown", "write Markdown; put code between backticks"),
    "html_block": ("raw HTML is not shown", "write Markdown; put code between backticks"),
    "image": ("images are not shown", "link to the picture instead"),
    "heading_open": ("headings are not shown", "use **bold** words"),
    "hr": ("rules are not shown", "leave an empty line between paragraphs"),
    "blockquote_open": ("quotations are not shown", "use quotation marks"),
}
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


_RENDERER = _Markdown("zero", _is_allowed).enable(list(_RULES))
_CHECKER = _Markdown("commonmark", lambda _: True)  # `check` reports bad targets itself


def check(note: str) -> tuple[tuple[str, str], ...]:
    """Everything in a note that would not be displayed as intended, as (message, hint)."""
    tokens = [*_flatten(_CHECKER.parse(note))]
    refused = (_REFUSED[token.type] for token in tokens if token.type in _REFUSED)
    targets = (str(token.attrGet("href")) for token in tokens if token.type == "link_open")
    broken = filter(None, map(_mistake, targets))
    return tuple(dict.fromkeys([*refused, *broken]))


def render(note: str) -> str:
    """The note as HTML; what lies outside the subset is displayed as text."""
    return str(_RENDERER.render(note)).strip()


def plain(note: str) -> str:
    """The note as one line of plain text, without markup and link targets."""
    blocks = (token.children or [token] for token in _RENDERER.parse(note) if token.content)
    return " ".join("".join(_plain_token(token) for token in block) for block in blocks)


def _plain_token(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def _flatten(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flatten(token.children or [])

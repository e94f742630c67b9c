"""The filters of page templates: those of Jinja2 know nothing of Markdown."""

# ruff: noqa: S704  filters return Markup, made of text that they escaped or put into placeholders

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from jinja2 import TemplateRuntimeError, Undefined
from markupsafe import Markup

from papershelf.render.placeholders import (
    CACHE_SIZE,
    placeholder,
    plain_text,
    without_delimiters,
)
from papershelf.text import notes
from papershelf.views.components import Anchor

_WEB: Final = re.compile(r"(https?|mailto):", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[^/]*:")
_UNSAFE_IN_TARGET: Final = re.compile(r"[\s<>\"'`()\[\]{}\\^|*\x00-\x1f\x7f]")
_IPV6_HOST: Final = re.compile(r"https?://\[[0-9A-Fa-f:.]+\]")
_UNSAFE_IN_ATTRIBUTE: Final = re.compile(r"[^\w\s.,:/-]|_")
_FENCE: Final = re.compile("^ {0,3}(```|~~~)", re.MULTILINE)


@lru_cache(CACHE_SIZE)
def target(href: str) -> Markup:
    """A link's target: an http(s) or mailto address, or a path within the site; ValueError for any other."""
    if _SCHEME.match(href) and not _WEB.match(href):
        raise ValueError(f"a link that no page may hold: {href!r}")
    host = _IPV6_HOST.match(href)
    kept = host[0] if host else ""  # a host between brackets needs them
    return placeholder("target", kept + _UNSAFE_IN_TARGET.sub(_percent_encoded, href[len(kept) :]))


def anchor(link: Anchor) -> Markup:
    """A link in Markdown; ValueError for a target that no page may hold."""
    return _markdown_link(link.text, link.href)


@lru_cache(CACHE_SIZE)
def attribute(value: str | int) -> Markup:
    """The value of an HTML attribute in Markdown, with HTML's and Markdown's signs escaped."""
    escaped = _UNSAFE_IN_ATTRIBUTE.sub(lambda sign: f"&#{ord(sign[0])};", str(value))
    return placeholder("attribute", escaped)


def code(lines: str) -> Markup:
    """Literal lines of a fenced code block; ValueError for a line that would end the block."""
    if _FENCE.search(lines):
        raise ValueError(f"lines that no fence may hold: {lines!r}")
    return placeholder("code", lines)


def note(markdown: str) -> Markup:
    """A curator's note as HTML."""
    return placeholder("html", notes.render(markdown))


def trusted(markdown: str) -> Markup:
    """The curator's own Markdown, unescaped."""
    return Markup(without_delimiters(markdown))


FILTERS: Final[Mapping[str, Callable[..., Markup]]] = {
    "anchor": anchor,
    "attribute": attribute,
    "code": code,
    "note": note,
    "target": target,
    "trusted": trusted,
}


def show(value: object) -> Markup:
    """What `{{ value }}` shows: Markup as it is, text and integers in placeholders.

    Raises TemplateRuntimeError for any other type.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, Undefined):
        return Markup(str(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return placeholder("attribute", str(value))
    raise TemplateRuntimeError(f"a template shows a {type(value).__name__}, which is no text: {value!r}")


@lru_cache(CACHE_SIZE)
def _markdown_link(text: str, href: str) -> Markup:
    return Markup(f"[{plain_text(text)}]({target(href)})")


def _percent_encoded(character: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in character[0].encode())

"""Holes: what a page template leaves where a value goes, to be filled once for Markdown and once for HTML.

A template's own words are Markdown; the values it shows are text, which never passes through a Markdown
parser on its way to HTML. A hole stands in the rendered template as a mark, the kind of place, the value and
an end mark; the three marks are characters that no text may hold.
"""

import re
from functools import lru_cache
from typing import Final, Literal

from markupsafe import Markup, escape

from papershelf import text
from papershelf.core import urls

REMEMBERED: Final = 100_000

Kind = Literal["text", "attribute", "target", "html", "code", "math"]

MARK: Final = "\x01"
_KIND_END: Final = "\x05"
_END: Final = "\x04"
_PLACEHOLDER = re.compile(f"{MARK}([a-z]+){_KIND_END}([^{_END}]*){_END}")
_FOREIGN = str.maketrans("", "", MARK + _END + _KIND_END)
_BARE_AMPERSAND = re.compile(r"&(?!(?:[0-9a-z]+|#[0-9]+|#x[0-9a-f]+);)", re.IGNORECASE)


def placeholder(kind: Kind, value: str) -> Markup:
    """A hole with its value; "" for an empty value, which needs none."""
    value = without_marks(value)
    return Markup(f"{MARK}{kind}{_KIND_END}{value}{_END}") if value else Markup()  # noqa: S704


@lru_cache(REMEMBERED)
def shown(value: str) -> Markup:
    """A hole for text; nothing where there is nothing to be seen."""
    return placeholder("text", value) if _escaped(value) else Markup()


def mathematics(value: str) -> Markup:
    """A hole for text whose TeX is shown as mathematics."""
    return placeholder("math", value) if _escaped(value) else Markup()


def without_marks(markdown: str) -> str:
    """Markdown from outside, in which nothing can pass for a hole."""
    if MARK in markdown or _END in markdown or _KIND_END in markdown:
        return markdown.translate(_FOREIGN)
    return markdown


@lru_cache(1)  # a page's HTML and its Markdown are made from the same
def split(skeleton: str) -> tuple[str, tuple[tuple[Kind, str], ...]]:
    """A rendered template with a bare `MARK` for each hole, and kind and value of each hole in order."""
    pieces = _PLACEHOLDER.split(skeleton)
    return MARK.join(pieces[::3]), tuple(zip(pieces[1::3], pieces[2::3], strict=True))  # type: ignore[arg-type]


def in_markdown(skeleton: str) -> str:
    """The rendered template with its holes filled, as Markdown."""
    return _PLACEHOLDER.sub(lambda found: _in_source(found[1], found[2]), skeleton)


@lru_cache(REMEMBERED)
def in_html(kind: Kind, value: str) -> str:
    """What a hole becomes in HTML."""
    if kind == "text":
        return text.to_html(_escaped(value))
    if kind == "math":
        return text.with_mathematics(value, text.to_html(_escaped(value)), html=True)
    if kind == "code":
        return escape(value)
    return _BARE_AMPERSAND.sub("&amp;", urls.in_browser(value)) if kind == "target" else value


def is_internal(kind: Kind, value: str) -> bool:
    """Whether a hole is a link to another page of the site."""
    return kind == "target" and urls.is_relative(value)


def as_markdown(kind: str, value: str) -> str:
    """What a hole becomes in Markdown that people read."""
    return _escaped(value) if kind in {"text", "math"} else value


def _in_source(kind: str, value: str) -> str:
    """What a hole becomes in Markdown that a renderer reads."""
    if kind == "math":
        return text.with_mathematics(value, _escaped(value), html=False)
    return as_markdown(kind, value)


_escaped = lru_cache(REMEMBERED)(text.escape)

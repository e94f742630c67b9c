"""Placeholders: where a template shows a value, to be filled once for HTML and once for Markdown.

A template's own words are Markdown; the values it shows are text, which never passes through a Markdown
parser on its way to HTML. While Jinja2 renders, a placeholder is a string: `START`, the kind of place,
`_KIND_END`, the value and `_END`. These three control characters are removed from all values.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from markupsafe import Markup, escape

from papershelf import text
from papershelf.core import urls

CACHE_SIZE: Final = 100_000

PlaceholderKind = Literal["text", "attribute", "target", "html", "code"]

START: Final = "\x01"
_KIND_END: Final = "\x05"
_END: Final = "\x04"
_PLACEHOLDER = re.compile(f"{START}([a-z]+){_KIND_END}([^{_END}]*){_END}")
_DELIMITERS = str.maketrans("", "", START + _END + _KIND_END)
_UNESCAPED_AMPERSAND = re.compile(r"&(?!(?:[0-9a-z]+|#[0-9]+|#x[0-9a-f]+);)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RenderedTemplate:
    """A template's own words, with `START` for each placeholder; kind and value of each, in order."""

    text: str
    values: tuple[tuple[PlaceholderKind, str], ...]


def placeholder(kind: PlaceholderKind, value: str) -> Markup:
    """A placeholder with its value; "" for an empty value."""
    value = without_delimiters(value)
    return Markup(f"{START}{kind}{_KIND_END}{value}{_END}") if value else Markup()  # noqa: S704  no delimiter in it


@lru_cache(CACHE_SIZE)
def plain_text(value: str) -> Markup:
    """A placeholder for text; "" for text without visible characters."""
    return placeholder("text", value) if _escaped(value) else Markup()


def without_delimiters(value: str) -> str:
    """The value without the control characters that delimit placeholders."""
    if START in value or _END in value or _KIND_END in value:
        return value.translate(_DELIMITERS)
    return value


def split(rendered: str) -> RenderedTemplate:
    """Take the values out of what Jinja2 made of a template."""
    pieces = _PLACEHOLDER.split(rendered)
    return RenderedTemplate(
        START.join(pieces[::3]),
        tuple(zip(pieces[1::3], pieces[2::3], strict=True)),  # type: ignore[arg-type]
    )


def interleave(pieces: Sequence[str], values: Iterable[str]) -> str:
    """The pieces with a value between each two: one value less than there are pieces."""
    parts = [""] * (2 * len(pieces) - 1)
    parts[::2] = pieces
    parts[1::2] = values
    return "".join(parts)


def in_markdown(rendered: RenderedTemplate) -> str:
    """The template filled, as Markdown for a renderer."""
    return interleave(
        rendered.text.split(START),
        [text.escape(value, mathml=True) if kind == "text" else value for kind, value in rendered.values],
    )


def as_markdown(kind: PlaceholderKind, value: str) -> str:
    """A value as Markdown for readers."""
    return _escaped(value) if kind == "text" else value


@lru_cache(CACHE_SIZE)
def as_html(kind: PlaceholderKind, value: str) -> str:
    """A value as HTML."""
    if kind == "text":
        return text.html(value)
    if kind == "code":
        return escape(value)
    return _UNESCAPED_AMPERSAND.sub("&amp;", urls.in_browser(value)) if kind == "target" else value


_escaped = lru_cache(CACHE_SIZE)(text.escape)

"""The Markdown of a page as it is published: words and links, without classes, attributes and wrappers."""

import re
from functools import lru_cache
from typing import Final

from papershelf.render.placeholders import START, RenderedTemplate, as_markdown, interleave

_NUMBERED = re.compile(f"{START}([0-9]+);")
_NOT_FOR_READERS = re.compile(r"<(button|figure|small|svg)\b.*?</\1>", re.DOTALL)
_ATTRIBUTES = re.compile(r"^\{:[^}\n]*\}\n| *\{:[^}\n]*\}", re.MULTILINE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*\b[^<>]*>")
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_LINE_END = re.compile(r"[ \t]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{3,}")
_CACHE_SIZE: Final = 20_000


def plain_markdown(rendered: RenderedTemplate) -> str:
    """Markdown with the words and links of a rendered template.

    Markup is removed from the template's own words only, never from the values.
    """
    pieces, numbers = _stripped(rendered.text)
    return interleave(pieces, [as_markdown(*rendered.values[number]) for number in numbers])


@lru_cache(_CACHE_SIZE)
def _stripped(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The template's words without markup, in pieces, and the numbers of the placeholders between them."""
    first, *others = text.split(START)
    numbered = first + "".join(f"{START}{number};{part}" for number, part in enumerate(others))
    for pattern, replacement in (
        (_NOT_FOR_READERS, ""),
        (_ATTRIBUTES, ""),
        (_TAG, ""),
        (_BLANKS, " "),
        (_LINE_END, ""),
        (_EMPTY_LINES, "\n\n"),
    ):
        numbered = pattern.sub(replacement, numbered)
    pieces = _NUMBERED.split(f"{numbered.strip()}\n")
    return tuple(pieces[::2]), tuple(map(int, pieces[1::2]))

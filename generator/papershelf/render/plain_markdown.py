"""The Markdown of a page as it is published: words and links, without classes, attributes and wrappers."""

import re
from functools import lru_cache
from typing import Final

from papershelf.render import placeholders
from papershelf.render.placeholders import MARK

_NUMBERED = re.compile(f"{MARK}([0-9]+);")
_NOT_TO_READ = re.compile(r"<(button|figure|small|svg)\b.*?</\1>", re.DOTALL)
_ATTRIBUTES = re.compile(r"^\{:[^}\n]*\}\n| *\{:[^}\n]*\}", re.MULTILINE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*\b[^<>]*>")
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_LINE_END = re.compile(r"[ \t]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{3,}")
_REMEMBERED: Final = 20_000


def plain_markdown(skeleton: str) -> str:
    """Markdown that shows what a rendered template shows, whose holes are not filled yet.

    Only the template's own words are looked at: what is shown stands there as it is.
    """
    text, values = placeholders.split(skeleton)
    pieces = _stripped(text)
    filled = (placeholders.as_markdown(*values[int(number)]) for number in pieces[1::2])
    return "".join(part for pair in zip(pieces[::2], (*filled, ""), strict=True) for part in pair)


@lru_cache(_REMEMBERED)
def _stripped(text: str) -> tuple[str, ...]:
    """The text in pieces: between those at even places are numbers of holes."""
    first, *others = text.split(MARK)
    numbered = first + "".join(f"{MARK}{number};{part}" for number, part in enumerate(others))
    for pattern, instead in (
        (_NOT_TO_READ, ""),
        (_ATTRIBUTES, ""),
        (_TAG, ""),
        (_BLANKS, " "),
        (_LINE_END, ""),
        (_EMPTY_LINES, "\n\n"),
    ):
        numbered = pattern.sub(instead, numbered)
    return tuple(_NUMBERED.split(f"{numbered.strip()}\n"))

"""Mathematics in TeX as MathML, which browsers show without a script."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element

from papershelf.text.cleaning import UNSEEN
from papershelf.text.tables import words

STRETCH: Final = re.compile(
    r"(?<!\\)\$\$?(?=[^$]{0,600}[\\^_{}])([^$]{1,600})(?<!\\)\$\$?"
    r"|\\\((.{1,600}?)\\\)|\\\[(.{1,600}?)\\\]"
)
MOST: Final = 4_000  # characters of MathML in a text; what has more stays TeX
_CHILDREN: Final = {"mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2}
_ELEMENTS: Final = words(
    "math mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd "
    "mtext mtr munder munderover"
)
_ATTRIBUTES: Final = words(
    "accent columnalign displaystyle fence form linethickness lspace mathvariant maxsize minsize "
    "movablelimits rspace stretchy symmetric width"
)
_VALUE = re.compile(r"[a-z0-9.%+ -]{1,20}")
_LIVE = re.compile(r"[^A-Za-z0-9\x80-\U0010ffff]")


def typeset(text: str, shown: str, write: Callable[[str], str]) -> str:
    """`shown`, which is the text as `write` writes it, with MathML in place of its TeX.

    A text whose mathematics is more than `MOST` characters long stays as it is.
    """
    found = [(write(stretch), made) for stretch, made in _stretches(text) if made]
    if sum(len(made) for _, made in found) > MOST:
        return shown
    pieces, at = [], 0
    for written, made in found:
        start = shown.find(written, at)
        if start >= 0:
            pieces += [shown[at:start], made]
            at = start + len(written)
    return "".join([*pieces, shown[at:]])


def _stretches(text: str) -> Iterator[tuple[str, str]]:
    for match in STRETCH.finditer(text):
        tex = next(filter(None, match.groups()), "")
        yield match[0], mathml(tex)


@lru_cache(4096)
def mathml(tex: str) -> str:
    """MathML in which nothing is live for Markdown; "" for TeX that cannot be said or is no mathematics."""
    convert, failures = _converter()
    try:
        made = _written(convert(tex))
    except failures:
        return ""
    return f"<span>{made}</span>" if made else ""  # a line that begins with <math> is a block in Markdown


@cache
def _converter() -> tuple[Callable[[str], Element], tuple[type[Exception], ...]]:
    """What converts TeX, and how it fails."""
    from latex2mathml import exceptions  # noqa: PLC0415  few texts need it
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415

    own = (kind for kind in vars(exceptions).values() if isinstance(kind, type))
    return convert_to_element, (
        *own,
        LookupError,
        RuntimeError,
        StopIteration,
        TypeError,
        ValueError,
        AttributeError,
    )


def _written(element: Element) -> str:
    """The element without what only XML needs; "" where there is anything but mathematics in it."""
    children = [_written(child) for child in element]
    content = UNSEEN.sub("", unescape(element.text or ""))
    if element.tag not in _ELEMENTS or not all(children) or "\\" in content:
        return ""
    if len(children) != _CHILDREN.get(element.tag, len(children)):
        return ""
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and _VALUE.fullmatch(value)
    )
    inner = _LIVE.sub(lambda sign: f"&#{ord(sign[0])};", content) + "".join(children)
    if element.tag == "mrow" and len(children) == 1 and not attributes:
        return inner
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"

"""TeX formulas as MathML, which browsers render without a script."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element

from papershelf.text.characters import INVISIBLE
from papershelf.text.cleaning import PRICE
from papershelf.text.tables import words

FORMULA: Final = re.compile(
    rf"(?<!\\)\$\$?(?!{PRICE})"
    r"(?=[^$]{0,600}[\\^_{}])([^$]{1,600})(?<!\\)\$\$?"
    r"|\\\((.{1,600}?)\\\)|\\\[(.{1,600}?)\\\]"
)
MAX_LENGTH: Final = 4_000  # characters of MathML in one text; a text with more keeps its TeX
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
_NOT_LITERAL = re.compile(r"[^A-Za-z0-9\x80-\U0010ffff]")


def typeset(text: str, shown: str, write: Callable[[str], str]) -> str:
    """Replace the TeX in `shown`, which is `text` as `write` escapes it, by MathML.

    A text with more than `MAX_LENGTH` characters of MathML is returned unchanged.
    """
    converted = [(write(formula), markup) for formula, markup in _formulas(text) if markup]
    if sum(len(markup) for _, markup in converted) > MAX_LENGTH:
        return shown
    pieces, at = [], 0
    for written, markup in converted:
        start = shown.find(written, at)
        if start >= 0:
            pieces += [shown[at:start], markup]
            at = start + len(written)
    return "".join([*pieces, shown[at:]])


def _formulas(text: str) -> Iterator[tuple[str, str]]:
    for match in FORMULA.finditer(text):
        tex = next(filter(None, match.groups()), "")
        yield match[0], mathml(tex)


@lru_cache(4096)
def mathml(tex: str) -> str:
    """MathML without characters special to Markdown; "" for TeX that cannot be converted or is no formula."""
    convert, failures = _converter()
    try:
        markup = _serialise(convert(tex))
    except failures:
        return ""
    return f"<span>{markup}</span>" if markup else ""  # a line that begins with <math> is a block in Markdown


@cache
def _converter() -> tuple[Callable[[str], Element], tuple[type[Exception], ...]]:
    """The function that converts TeX, and the exceptions it raises."""
    from latex2mathml import converter, exceptions  # noqa: PLC0415  slow to import, and few texts have formulas

    own = (kind for kind in vars(exceptions).values() if isinstance(kind, type))
    return converter.convert_to_element, (
        *own,
        LookupError,
        RuntimeError,
        StopIteration,
        TypeError,
        ValueError,
        AttributeError,
    )


def _serialise(element: Element) -> str:
    """The element as compact markup; "" if it holds anything but known elements of MathML."""
    children = [_serialise(child) for child in element]
    content = INVISIBLE.sub("", unescape(element.text or ""))
    if element.tag not in _ELEMENTS or not all(children) or "\\" in content:
        return ""
    if len(children) != _CHILDREN.get(element.tag, len(children)):
        return ""
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and _VALUE.fullmatch(value)
    )
    inner = _NOT_LITERAL.sub(lambda sign: f"&#{ord(sign[0])};", content) + "".join(children)
    if element.tag == "mrow" and len(children) == 1 and not attributes:
        return inner
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"

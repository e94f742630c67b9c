"""The ways out of cleaned text: plain text, HTML, and Markdown that displays exactly this text."""

import re
from collections.abc import Callable

from papershelf.text.characters import INVISIBLE
from papershelf.text.cleaning import ENDS, LITERAL, STARTS
from papershelf.text.mathml import typeset

_MARKUP = re.compile(
    rf"{LITERAL.pattern}|{STARTS}(?P<stars>\*\*?)(?![\s*])(?P<words>[^*]+)(?<!\s)(?P=stars){ENDS}"
    r"|(?<!\*)\*\*(?P<letters>[^\W\d_]+)\*\*(?!\*)"
)
_SPECIAL = re.compile(r"\]:?|[&<>\\`|*\[{}]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<!#)#+$")
_ANY_SPECIAL = re.compile(r"[]&<>\\`|*\[{}_#]")
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "\\": "&#92;",
    "`": "&#96;",
    "|": "&#124;",
    "]:": "&#93;:",
}
_AT_START = re.compile(r"[-+](?=[-+\s]|$)|#|\d{1,9}(?P<end>[.)])(?=\s|$)|!(?=!!)|[?=~:/%](?=[?=~:/%\s]|$)")

_BRACE = re.compile(rf"{LITERAL.pattern}|\\(?P<brace>[{{}}])")
_ESCAPED = re.compile(r"\\.|(?P<stars>\*\*?)(?P<words>(?:[^*\\]|\\.)+)(?P=stars)")
_TAGS = {"*": "em", "**": "strong"}


def plain(text: str) -> str:
    """Cleaned text without its emphasis markers; formulas that characters cannot express stay TeX."""
    text = _visible(text)
    if "*" not in text:
        return text
    return _MARKUP.sub(lambda match: match["words"] or match["letters"] or match[0], text)


def html(text: str) -> str:
    """Cleaned text as safe HTML: emphasis as elements, formulas as MathML, everything else literally."""
    shown = _to_html(escape(text))
    return _typeset(text, shown, lambda tex: _to_html(_literal(tex)))


def escape(text: str, *, mathml: bool = False) -> str:
    """Inline Markdown that displays the cleaned text: emphasis as emphasis, everything else literally.

    Valid at the start of a block, in headings, table cells, link texts and HTML with `markdown="1"`, for
    Python-Markdown and CommonMark. Formulas stay TeX, for readers of the Markdown, or become MathML.
    """
    visible = _visible(text)
    pieces, end = [], 0
    for match in _MARKUP.finditer(visible) if "*" in visible else ():
        if words := match["words"] or match["letters"]:
            stars = match["stars"] or "**"
            pieces += [_literal(visible[end : match.start()]), stars, _literal(words), stars]
            end = match.end()
    shown = _not_a_block("".join([*pieces, _literal(visible[end:])]))
    return _typeset(text, shown, _literal) if mathml else shown


def _to_html(escaped: str) -> str:
    """The output of `escape` without MathML as HTML, byte for byte as Python-Markdown renders it."""
    if "\\" not in escaped and "*" not in escaped:
        return escaped
    return _ESCAPED.sub(_unescaped, escaped)


def _typeset(text: str, shown: str, write: Callable[[str], str]) -> str:
    if "$" not in text and "\\" not in text:
        return shown
    return typeset(_visible(text), shown, write)


def _unescaped(found: re.Match[str]) -> str:
    if not found["stars"]:
        return found[0][1]
    tag = _TAGS[found["stars"]]
    return f"<{tag}>{_to_html(found['words'])}</{tag}>"


def _visible(text: str) -> str:
    """The text as one line of visible characters, in which no brace is escaped."""
    if not (text.isascii() and text.isprintable() and "  " not in text):
        text = " ".join(INVISIBLE.sub("", text).split())
    if "\\" in text:
        text = _BRACE.sub(lambda match: match["brace"] or match[0], text)
    return text.strip(" ")


def _literal(text: str) -> str:
    if not _ANY_SPECIAL.search(text):
        return text
    return _SPECIAL.sub(
        lambda match: _ENTITIES.get(match[0]) or "".join(f"\\{sign}" for sign in match[0]), text
    )


def _not_a_block(markdown: str) -> str:
    match = _AT_START.match(markdown)
    if not match:
        return markdown
    at = match.start("end") if match["end"] else 0
    sign = markdown[at]
    return (
        f"{markdown[:at]}{f'{chr(92)}{sign}' if sign in '#+-.)!' else f'&#{ord(sign)};'}{markdown[at + 1 :]}"
    )

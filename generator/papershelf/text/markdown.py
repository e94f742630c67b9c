"""Cleaned text as plain text, as Markdown that displays exactly this text, and as HTML."""

import re

from papershelf.text.cleaning import ENDS, INVISIBLE, LITERAL, STARTS
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

_ESCAPED = re.compile(r"\\.|(?P<stars>\*\*?)(?P<words>(?:[^*\\]|\\.)+)(?P=stars)")
_TAGS = {"*": "em", "**": "strong"}


def plain(text: str) -> str:
    """Cleaned text without its emphasis markers."""
    text = _visible(text)
    if "*" not in text:
        return text
    return _MARKUP.sub(lambda match: match["words"] or match["letters"] or match[0], text)


def escape(text: str) -> str:
    """Inline Markdown that displays the cleaned text: emphasis as emphasis, everything else literally.

    Valid at the start of a block, in headings, table cells, link texts and HTML with `markdown="1"`, for
    Python-Markdown and CommonMark.
    """
    text = _visible(text)
    pieces, end = [], 0
    for match in _MARKUP.finditer(text) if "*" in text else ():
        if words := match["words"] or match["letters"]:
            stars = match["stars"] or "**"
            pieces += [_literal(text[end : match.start()]), stars, _literal(words), stars]
            end = match.end()
    return _not_a_block("".join([*pieces, _literal(text[end:])]))


def to_html(escaped: str) -> str:
    """The output of `escape` as HTML, byte for byte as Python-Markdown renders it."""
    if "\\" not in escaped and "*" not in escaped:
        return escaped
    return _ESCAPED.sub(_unescaped, escaped)


def with_mathematics(text: str, shown: str, *, html: bool) -> str:
    """`shown`, the output of `escape` or `to_html` for `text`, with its TeX replaced by MathML."""
    if "$" not in text and "\\" not in text:
        return shown
    return typeset(_visible(text), shown, lambda tex: to_html(_literal(tex)) if html else _literal(tex))


def _unescaped(found: re.Match[str]) -> str:
    if not found["stars"]:
        return found[0][1]
    tag = _TAGS[found["stars"]]
    return f"<{tag}>{to_html(found['words'])}</{tag}>"


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(INVISIBLE.sub("", text).split())


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

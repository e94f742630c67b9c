"""Titles and abstracts with the markup of JATS, HTML or the ACL Anthology, as the TeX that cleaning knows."""

import re
from html import unescape
from typing import Final

_TAG: Final = re.compile(r"<(?P<end>/?)(?:[A-Za-z][\w.-]*:)?(?P<name>[A-Za-z][\w-]*)(?:\s[^<>]*)?/?>")
_ESCAPED_TAG: Final = re.compile(r"&lt;(/?(?:i|b|em|sub|sup|italic|bold))&gt;", re.IGNORECASE)
_OPENING: Final = {"i": r"\emph{", "em": r"\emph{", "italic": r"\emph{", "sup": "$^{", "sub": "$_{"}
_CLOSING: Final = {"i": "}", "em": "}", "italic": "}", "sup": "}$", "sub": "}$"}
_BLOCKS: Final = frozenset({"p", "sec", "br", "div", "li", "list-item", "break", "disp-formula"})
_COLLECTED: Final = frozenset({"title", "tex-math"})
_NO_HEADINGS: Final = frozenset({"", "abstract", "summary"})


def to_tex(markup: str) -> str:
    """The text with emphasis, indices and formulas as TeX, entities decoded, other tags removed.

    Of a formula that stands there twice, as TeX and as MathML, the TeX is taken.
    """
    if "<" not in markup and "&" not in markup:
        return markup
    written: list[str] = []
    opened: dict[str, int] = {}
    has_tex = is_skipped = False
    end = 0
    source = _ESCAPED_TAG.sub(r"<\1>", markup)
    for tag in _TAG.finditer(source):
        if not is_skipped:
            written.append(source[end : tag.start()])
        end = tag.end()
        name, closes = tag["name"].lower(), bool(tag["end"])
        if name == "math":
            is_skipped = has_tex and not closes
        elif name == "alternatives":
            has_tex = False
        elif name in _COLLECTED:
            if not closes:
                opened[name] = len(written)
            elif name in opened:
                start = opened.pop(name)
                written[start:] = [_collected(name, "".join(written[start:]))]
                has_tex = has_tex or name == "tex-math"
        elif not is_skipped:
            written.append(" " if name in _BLOCKS else (_CLOSING if closes else _OPENING).get(name, ""))
    written.append("" if is_skipped else source[end:])
    return unescape("".join(written)).strip()


def _collected(name: str, inside: str) -> str:
    """A heading, or a formula, which some publishers wrap into a whole document."""
    if name == "title":
        return "" if inside.strip().lower() in _NO_HEADINGS else f"{inside.strip()}: "
    body = inside.rpartition(r"\begin{document}")[2].partition(r"\end{document}")[0]
    return f"${body.strip().strip('$').strip()}$"

"""The way out of cleaned text to TeX, with its formulas as formulas."""

import re
from collections.abc import Callable
from typing import Final

from papershelf.text.markdown import plain
from papershelf.text.mathml import FORMULA, mathml

_BRACES: Final = {r"\{": r"\lbrace ", r"\}": r"\rbrace "}  # BibTeX counts escaped braces too
_SIGN: Final = re.compile(r"\\.|[{}%#&]", re.DOTALL)
_NO_MATHEMATICS: Final = re.compile(
    r"\\(?:def|new\w+|Declare\w+|class|color|cssId|href|id|style|textcolor|unicode)(?![A-Za-z])"
)


def tex(text: str, write: Callable[[str], str]) -> str:
    r"""Cleaned text as TeX: `{$\binom{n}{k}$}` for a formula, and what `write` makes of the words around.

    A formula is text for `write` if it is not known to be harmless: with commands other than those of
    mathematics, with braces that do not match, with a comment.
    """
    text = plain(text)
    if "$" not in text:
        return write(text)
    pieces, end = [], 0
    for match in FORMULA.finditer(text):
        if formula := _harmless(match[1] or match[2] or match[3] or ""):
            pieces += [write(text[end : match.start()]), f"{{${formula}$}}"]
            end = match.end()
    return "".join([*pieces, write(text[end:])])


def _harmless(formula: str) -> str:
    """The formula as BibTeX can hold it, "" if it is not known to be harmless."""
    if not mathml(formula) or not formula.isprintable() or _NO_MATHEMATICS.search(formula):
        return ""
    depth = 0
    for sign in _SIGN.findall(formula):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0 or sign in {"%", "#"}:
            return ""
    return "" if depth else _SIGN.sub(lambda sign: _BRACES.get(sign[0], sign[0]), formula).strip()

"""The markers that rendered TeX holds (see `tables`), replaced by spaces, nothing or braces."""

# ruff: noqa: RUF001 - mathematical letters look like others

import re
from typing import Final

from papershelf.text.tables import LBRACE, RBRACE, SCRIPTS

_MOST_NESTED: Final = 20
_OPERAND = r"A-Za-z0-9\u0370-\u03ff∑∏∫√∞ℓ\u2102-\u2134\U0001d400-\U0001d7ff"
_ITEM = r" ?[^{},\s]+(?: [^{},\s]+){0,2} ?"
_SET = re.compile(rf"{_ITEM}(?:,{_ITEM})+|['\"“‘].*")
_BEFORE_SET = re.compile(r"(?:[=∈⊆⊂∖∪∩≔]\x03?|(?<![a-z])(?:min|max|sup|inf|Pr|Var|[𝟙𝔼ℙ])\x06?) ?$")
_MARKERS = (
    (re.compile(r" ?\([ ~,;\x04]*\x04[ ~,;]*\)|[ ~]?\x04"), ""),
    (re.compile(r"(?<= )(\S)\x03"), r"\1"),
    (re.compile(rf"\x03 ?|\x07 (?=[{_OPERAND}(])|\x07"), ""),
    (re.compile(rf"(?<=[\w)\]}}{RBRACE}])\x06+(?=[{_OPERAND}])"), " "),
    (re.compile(r"\x06|\x0e\.?"), ""),
)


_SHOWN_BRACES = re.compile(f"{LBRACE}([^{LBRACE}{RBRACE}]*){RBRACE}")

_LOST_BRACE = re.compile(f"(?<=[A-Za-z])[{LBRACE}{RBRACE}](?=[a-z])")  # of an accent


def resolve_braces(text: str) -> str:
    r"""Write shown braces as `{` and `}` where cleaning does not take them for TeX, else as `\{` and `\}`."""
    for _ in range(_MOST_NESTED):
        if LBRACE not in text:
            break
        text = _SHOWN_BRACES.sub(_braces, text)
    text = _LOST_BRACE.sub("", text)
    return text.replace(LBRACE, r"\{").replace(RBRACE, r"\}")


def _braces(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    keeps = is_set(match[1], text[max(0, start - 8) : start], text[end : end + 1])
    return f"{{{match[1].strip()}}}" if keeps else rf"\{{{match[1]}\}}"


def resolve_markers(text: str) -> str:
    """Replace the markers in rendered text, except those of emphasis, by spaces or nothing."""
    for pattern, replacement in _MARKERS:
        text = pattern.sub(replacement, text)
    return text


def is_set(inner: str, before: str, after: str) -> bool:
    """Whether braces are no TeX, given what stands in them and the text around: `{0, 1}`, `min{a, b}`."""
    if not inner.strip(" ,"):
        return False
    is_scripted = bool(after) and after in f"^_{SCRIPTS}"
    is_operand = _BEFORE_SET.search(before) and after != "("
    return bool(is_scripted or is_operand or _SET.fullmatch(inner.strip()))

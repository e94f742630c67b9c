"""Backslashes in double quotes: YAML's escapes where TeX's commands or patterns were meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

CURE: Final = (
    "write the text between single quotes, in which a backslash is a backslash ('' is an apostrophe)"
)
_ESCAPE: Final = re.compile(r"\\(.)")
_ALWAYS: Final = frozenset("abefrv0NLP_")  # characters that no curator means
_WHITE_SPACE: Final = frozenset("nt")  # what may be meant between words
_COMMAND: Final = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Escape:
    """An escape that destroys a word: its line (from 0) and column (from 0), and the word as written."""

    line: int
    column: int
    word: str


def destroyed(lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> Iterator[Escape]:
    r"""Words that escapes of a double-quoted text destroy: `\alpha` is a bell and `lpha`.

    start, end: the line and column, from 0, of the opening quote and after the closing one.
    """
    for number in range(start[0], min(end[0] + 1, len(lines))):
        line = lines[number][: end[1]] if number == end[0] else lines[number]
        for escape in _ESCAPE.finditer(line, start[1] if number == start[0] else 0):
            if _destroys(escape[1], line, escape):
                word = _COMMAND.match(line, escape.end())
                yield Escape(number, escape.start(), f"{escape[0]}{word[0] if word else ''}")


def _destroys(sign: str, line: str, escape: re.Match[str]) -> bool:
    before, after = line[escape.start() - 1 : escape.start()], line[escape.end() : escape.end() + 1]
    if sign in _WHITE_SPACE:
        return after.isalpha() or after == "{"
    if sign == '"':  # an accent, Schr\"odinger, if it is no quotation mark
        return before.isalpha() and (after.isalpha() or after == "{")
    return sign in _ALWAYS

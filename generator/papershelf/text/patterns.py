"""Regular expressions by curators, of which some would search for ever: with limits of size and time.

The standard library's `re` has no limit of time. RE2 needs none, but knows no letters beyond ASCII in words,
and no lookaround. `regex` finds the same as `re`, and gives up when told to.
"""

import re
from functools import lru_cache
from math import prod
from typing import Final

import regex

from papershelf.core.problems import GeneratorError

MAX_LENGTH: Final = 1000  # characters of a pattern
MAX_SECONDS: Final = 0.25  # of processor time to search one text, of which each takes some microseconds
_MAX_REPEATS: Final = 10_000  # all counts multiplied, as `regex` writes repeats out
_COUNT: Final = re.compile(r"\{ *([0-9]*) *,? *([0-9]*) *\}")


CURE: Final = "simplify it, above all a repeat inside of a repeat such as (a+)+, or use phrases"


class SlowPatternError(GeneratorError):
    """A pattern took too long to search a text."""

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self.pattern = pattern

    def __str__(self) -> str:
        return f"content/topics.yml: {self.message} ({CURE})"

    @property
    def message(self) -> str:
        """What is wrong, without the place."""
        return f"the pattern '{self.pattern}' takes too long to search a text"


@lru_cache(maxsize=1000)
def compiled(pattern: str) -> "regex.Pattern[str]":
    """The compiled pattern, which ignores case; raises ValueError if it is none or repeats too often."""
    counts = [max(1, *(int(number or 1) for number in found)) for found in _COUNT.findall(pattern)]
    if prod(counts) > _MAX_REPEATS:
        raise ValueError(f"pattern {pattern!r} repeats too often: up to {_MAX_REPEATS:,} times in all")
    try:
        return regex.compile(pattern, regex.IGNORECASE)
    except (regex.error, RecursionError) as mistake:
        raise ValueError(f"pattern {pattern!r} is not a regular expression: {mistake}") from mistake


def occurs(pattern: str, text: str) -> bool:
    """Whether the pattern is found in the text; raises SlowPatternError if that takes too long."""
    try:
        return bool(compiled(pattern).search(text, timeout=MAX_SECONDS))
    except TimeoutError as error:
        raise SlowPatternError(pattern) from error

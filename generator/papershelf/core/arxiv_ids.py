"""arXiv ids: their two forms, and the month that each tells (info.arxiv.org/help/arxiv_identifier.html)."""

import re
from functools import lru_cache
from typing import Final

from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import InvalidValueError

PATTERN: Final = r"^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})$"
_MONTH: Final = re.compile(r"(?P<archive>[a-z.A-Z-]+/)?(?P<year>\d\d)(?P<month>\d\d)\.?(?P<number>\d+)")
_FIRST_OLD: Final = PartialDate(1991, 1)
_FIRST_NEW: Final = PartialDate(2007, 4)
_FIRST_LONG: Final = PartialDate(2015, 1)
_CENTURY_OF_OLD: Final = 91
_MONTHS: Final = 12
_SHORT: Final = 4  # digits of a number until the end of 2014
_CURE: Final = "check it; it begins with year and month, like 2501.12340 of January 2025"


@lru_cache(maxsize=1 << 16)
def month(arxiv_id: str) -> PartialDate:
    """The month in which a paper came to arXiv.

    Raises InvalidValueError for an id that there cannot be: no such month, or a number of another length
    than those of that month.
    """
    found = _MONTH.fullmatch(arxiv_id)
    if not found:
        raise InvalidValueError("is not an arXiv id", _CURE)
    year, number, is_old = int(found["year"]), found["number"], bool(found["archive"])
    if not 1 <= int(found["month"]) <= _MONTHS:
        raise InvalidValueError(f"is not an arXiv id: there is no month {found['month']}", _CURE)
    told = PartialDate((1900 if is_old and year >= _CENTURY_OF_OLD else 2000) + year, int(found["month"]))
    if is_old and not _FIRST_OLD <= told < _FIRST_NEW:
        raise InvalidValueError("is not an arXiv id: such ids are of 1991 to March 2007", _CURE)
    if not is_old and told < _FIRST_NEW:
        raise InvalidValueError("is not an arXiv id: ids without an archive are of April 2007 on", _CURE)
    digits = len(number) if is_old else _SHORT + (told >= _FIRST_LONG)
    if len(number) != digits:
        words = f"is not an arXiv id: those of {told} have {digits} digits behind the dot"
        raise InvalidValueError(words, "check whether a digit is missing or too many")
    return told


def checked(arxiv_id: str) -> str:
    """The id as it is; raises InvalidValueError as `month` does."""
    month(arxiv_id)
    return arxiv_id

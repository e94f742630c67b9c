"""Dates as people and programs write them in references, as far as they are known."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from papershelf.core.partial_date import PartialDate
from papershelf.sources.short_dates import MONTHS

_SHORTEST_NAME: Final = 3  # letters of a month
_NUMBERS: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2}|[A-Za-z]{3,9})(?:[-/.](\d{1,2}))?)?(?!\d)")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})[/.](\d{4})")
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_MONTH_NAMED: Final = re.compile(rf"(?:(?<!\d){_DAY}[\s.~-]+)?([A-Za-z]{{3,9}})(?:[\s.~-]+{_DAY})?")


def written_date(text: str) -> PartialDate | None:
    """The date in a text: 2016, 2016/03/01/, 2016-03, March 2016, JUN 28 2011, 12 Mar 2020; None if none.

    What is on no calendar counts as unknown: of 2016-21, biblatex's spring, the year is left. Numbers whose
    order is not certain, as in 3/4/2016, give the year.
    """
    text = text.strip()
    if found := _NUMBERS.match(text):
        year, month, day = found.groups()
        if month:
            return as_far_as_known(int(year), month_number(month), int(day or 0))
    elif found := _MONTH_FIRST.fullmatch(text):
        return as_far_as_known(int(found[2]), int(found[1]))
    year_found = _YEAR.search(text)
    return (
        date_of(year_found[0], f"{text[: year_found.start()]} {text[year_found.end() :]}")
        if year_found
        else None
    )


def written_dates(texts: Iterable[str]) -> Mapping[str, PartialDate | None]:
    """The dates of texts that are not empty, by the text; None for one that is no date."""
    return {text.strip(): written_date(text) for text in texts if text.strip()}


def date_of(year: str, month: str, day: str = "") -> PartialDate | None:
    """The date of a year and a month, which may be a number or a name and have a day: 10 jan, June--July."""
    found = _YEAR.search(year)
    if not found:
        return None
    if month.strip().isdecimal():
        return as_far_as_known(int(found[0]), month_number(month.strip()), _number(day))
    for before, name, after in _MONTH_NAMED.findall(month):
        if number := month_number(name):
            return as_far_as_known(int(found[0]), number, _number(before or after or day))
    return as_far_as_known(int(found[0]))


def month_number(text: str) -> int:
    """The number of a month given as a number or by its English name, abbreviated or not; 0 if none."""
    if text.isdecimal():
        return _number(text)
    name = text.capitalize()
    matching = (number for number, month in enumerate(MONTHS, 1) if month.startswith(name))
    return 9 if name == "Sept" else next(matching, 0) if len(text) >= _SHORTEST_NAME else 0


def as_far_as_known(year: int, month: int = 0, day: int = 0) -> PartialDate | None:
    """The date, without the parts that are on no calendar; None if the year is no paper's."""
    for parts in ((year, month, day), (year, month), (year,)):
        try:
            return PartialDate(*parts)
        except ValueError:
            continue
    return None


def best_date(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    """The first date that is known, or a later one that says the same more precisely."""
    best: PartialDate | None = None
    for each in dates:
        if best is None or (each and str(each).startswith(f"{best}-")):
            best = each or best
    return best


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < _SHORTEST_NAME else 0

"""Abbreviated dates of a web page, such as `Jul 2, 2024 16` or `May 25`; inference of missing years."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from papershelf.core.problems import Location, Problem

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LEAP_YEAR = 2000
_YEARS = range(1900, 2101)
_SHORT = re.compile(
    r"(?P<month>[A-Z][a-z]{2,8})\.?\s+(?P<day>\d{1,2})(?:,\s*(?P<year>\d{4}))?(?:\s+(?P<comments>\d{1,6}))?"
)


@dataclass(frozen=True, slots=True)
class ShortDate:
    """A day, perhaps without its year, and the number of comments that follows it."""

    month: int
    day: int
    year: int | None = None
    comments: int | None = None

    def __str__(self) -> str:
        return f"{self.day} {MONTHS[self.month - 1]}" + (f" {self.year}" if self.year else "")

    @property
    def in_year(self) -> tuple[int, int]:
        """Month and day, to compare days of one year."""
        return self.month, self.day

    def on(self, year: int) -> date | None:
        """The date in a given year, None for 29 February in a common year."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class PageDates:
    """The dates of a page.

    published: for each date, in order, the full date, None if unknown, and whether its year is inferred.
    captured: the day on which the page was saved, None if unknown.
    """

    published: tuple[tuple[date | None, bool], ...]
    captured: date | None = None
    captured_inferred: bool = False
    problems: tuple[Problem, ...] = ()


def written_out(day: date) -> str:
    """A date with the name of its month: 11 December 2025."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def parse_short_date(text: str) -> ShortDate | None:
    """Parse a date and a count of comments; None if it is no date, or if a number may be year or count."""
    match = _SHORT.fullmatch(text.strip())
    if not match:
        return None
    month = next((n for n, name in enumerate(MONTHS, 1) if _abbreviates(match["month"], name)), 0)
    year, comments = (int(match[name]) if match[name] else None for name in ("year", "comments"))
    short = ShortDate(month, int(match["day"]), year, comments)
    is_day = month > 0 and short.on(_LEAP_YEAR) is not None
    is_year = year is None or year in _YEARS
    is_ambiguous = year is None and comments in _YEARS
    return short if is_day and is_year and not is_ambiguous else None


def infer_years(
    lines: Sequence[tuple[int, ShortDate | None]], page: ShortDate | None, captured: date | None, file: str
) -> PageDates:
    """Complete dates without a year: `lines` are dates and their line numbers, `page` is the page's own date.

    The site omits exactly the year of capture. A known capture date therefore gives the year; otherwise it is
    the year after the newest one written, provided that no date without a year is later than the page's own.
    """
    dates = [(line, short) for line, short in lines if short]
    day = captured or (page.on(page.year) if page and page.year else None)
    inferred = False
    if day:
        misfits = _year_misfits(dates, day, file)
        problems = [*_page_misfits(page, day, file), *misfits]
        year = None if misfits else day.year
    else:
        day, problems = _inferred_capture(dates, page, file)
        year, inferred = (day.year if day else None), day is not None
    complete: list[tuple[date | None, bool]] = []
    for line, short in lines:
        published, problem = _published(short, year, day, Location(file, line))
        complete.append((published, bool(inferred and published and short and short.year is None)))
        problems += problem
    return PageDates(tuple(complete), day, inferred, tuple(problems))


def _abbreviates(text: str, month: str) -> bool:
    return month.startswith(text) or (text, month) == ("Sept", "September")


def _published(
    short: ShortDate | None, year: int | None, captured: date | None, at: Location
) -> tuple[date | None, list[Problem]]:
    in_year = short.year or year if short else None
    if not short or not in_year:
        return None, []
    day = short.on(in_year)
    if not day:
        return None, [_warning(at, f"{short} does not exist in {in_year}; the date stays unknown")]
    if captured and day > captured:
        text = f"{written_out(day)} is later than the page's capture on {written_out(captured)}"
        return None, [_warning(at, f"{text}; the date stays unknown", "check --captured")]
    return day, []


def _page_misfits(page: ShortDate | None, captured: date, file: str) -> list[Problem]:
    if not page or page.in_year == (captured.month, captured.day):
        return []
    text = f"the page says {page}, the capture date is {written_out(captured)}; the capture date counts"
    return [_warning(Location(file), text, "check --captured")]


def _year_misfits(dates: Sequence[tuple[int, ShortDate]], captured: date, file: str) -> list[Problem]:
    """A warning if a written year is not before the capture year, although other dates omit theirs."""
    if all(short.year for _, short in dates):
        return []
    line, short = max(dates, key=lambda dated: dated[1].year or 0)
    if (short.year or 0) < captured.year:
        return []
    text = (
        f"{short} has its year written, so the page is younger than {captured.year}; other years stay unknown"
    )
    return [_warning(Location(file, line), text, "check --captured")]


def _inferred_capture(
    dates: Sequence[tuple[int, ShortDate]], page: ShortDate | None, file: str
) -> tuple[date | None, list[Problem]]:
    """The capture date if the page determines its year; if not, a warning about the dates that need it."""
    without = [(line, short) for line, short in dates if not short.year]
    if not without:
        return None, []
    newest = max((short.year for _, short in dates if short.year), default=0)
    line, last = max(without, key=lambda dated: dated[1].in_year)
    at, cure = Location(file, without[0][0]), "name the capture date with --captured"
    unknown = f"dates without a year ({len(without)}) stay unknown"
    if not page:
        return None, [_warning(at, f"{unknown}: the page has no date of its own", cure)]
    if not newest:
        return None, [_warning(at, f"{unknown}: no date on the page has its year written", cure)]
    if last.in_year > page.in_year:
        text = f"{last} without a year lies after the page's own date, {page}; {unknown}"
        return None, [_warning(Location(file, line), text, cure)]
    year = newest + 1
    impossible = [(line, short) for line, short in (*without, (0, page)) if not short.on(year)]
    if impossible:
        line, short = impossible[0]
        text = f"{short} does not exist in {year}, the year after the newest one written; {unknown}"
        return None, [_warning(Location(file, line), text, cure)]
    return page.on(year), []


def _warning(at: Location, message: str, hint: str = "") -> Problem:
    return Problem(at, message, hint, "warning")

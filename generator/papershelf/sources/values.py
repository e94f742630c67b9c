"""Values in answers of services, which may be of any type: the right one, or nothing."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.json_objects import JsonObject
from papershelf.sources.parsed import Entry

_ISO_DATE: Final = re.compile(r"\s*([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?![0-9])")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ARXIV_PLACE: Final = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|10\.48550/arxiv\.)"
    r"(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?/[0-9]{7})",
    re.IGNORECASE,
)
MAX_QUOTED: Final = 80


def text(value: object) -> str:
    """The text without white space around it, "" for anything else."""
    return value.strip() if isinstance(value, str) else ""


def count(value: object) -> int | None:
    """The number if it is a whole one from 0 on."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def items(value: object) -> list[object]:
    """The items of a list, none of anything else."""
    return value if isinstance(value, list) else []


def objects(value: object) -> list[JsonObject]:
    """The objects in a list, none of anything else."""
    return [item for item in items(value) if isinstance(item, JsonObject)]


def texts(value: object) -> tuple[str, ...]:
    """The texts in a list, or a text that stands alone; empty ones left out."""
    return tuple(filter(None, map(text, items(value) or [value])))


def first_text(value: object) -> str:
    """The first text in a list, or a text that stands alone."""
    return next(iter(texts(value)), "")


def inner(value: object, *names: str) -> JsonObject:
    """The object that one finds by these names, one in the other; an empty one if it is not there."""
    for name in names:
        value = value.get(name) if isinstance(value, JsonObject) else None
    return value if isinstance(value, JsonObject) else JsonObject()


def quoted(words: str) -> str:
    """The beginning of a text in quotation marks, for a problem."""
    line = " ".join(words.split())
    return f"“{line[:MAX_QUOTED]}{'…' if len(line) > MAX_QUOTED else ''}”"


def partial_date(*parts: object) -> PartialDate | None:
    """The date as far as year, month and day are numbers or digits, and on a calendar."""
    numbers = []
    for part in parts[:3]:
        digits = str(part) if isinstance(part, int | str) else ""
        if not re.fullmatch("[0-9]{1,4}", digits):
            break
        numbers.append(int(digits))
    for known in range(len(numbers), 0, -1):
        try:
            return PartialDate(*numbers[:known])
        except ValueError:
            continue
    return None


def iso_date(value: object) -> PartialDate | None:
    """The date with which a text such as `2026-03-14T10:00:00Z` begins."""
    found = _ISO_DATE.match(text(value))
    return partial_date(*found.groups()) if found else None


def date_of_milliseconds(value: object) -> PartialDate | None:
    """The day, in UTC, of a time in milliseconds since 1970."""
    since = count(value)
    try:
        return PartialDate.of((_EPOCH + timedelta(milliseconds=since)).date()) if since else None
    except (OverflowError, ValueError):
        return None


def arxiv_id(places: Iterable[str]) -> str | None:
    """The arXiv id in the first address or DOI that has one."""
    found = (_ARXIV_PLACE.search(place) for place in places)
    return next((match["id"] for match in found if match), None)


def read_works(
    works: Iterable[object], file: str, read: Callable[[JsonObject], Entry]
) -> Iterator[Entry | Problem]:
    """Read each work; one that is no object, or has neither title nor identifier, is a problem."""
    line = 0
    for number, work in enumerate(works, start=1):
        if not isinstance(work, JsonObject):
            yield Problem(
                Location(file, line),
                f"item {number} of the list is no work but {quoted(str(work)[:1000])}; skipped",
                "remove it, or save the answer again",
            )
            continue
        line = work.line
        entry = read(work)
        if entry.title or entry.arxiv or entry.doi or entry.openreview or entry.url:
            yield entry
        else:
            yield Problem(
                Location(file, line),
                "the work has neither a title nor an identifier; skipped",
                "add one of them, or ask the service for its title too",
            )


def sorted_out(found: Iterable[Entry | Problem]) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Entries and problems apart, each in their order."""
    both = tuple(found)
    return (
        tuple(item for item in both if isinstance(item, Entry)),
        tuple(item for item in both if isinstance(item, Problem)),
    )

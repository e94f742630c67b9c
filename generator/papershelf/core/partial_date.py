"""Dates as far as they are known: a year, a month or a day (ISO 8601-1, 5.2.2: reduced precision)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_WRITTEN: Final = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
PATTERN: Final = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2099
"""Years outside are mistakes, and would not fit into addresses and file formats."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month of it or a day of that; 0 is unknown. The less precise sorts before what it may be.

    Raises ValueError for what is on no calendar, and for years outside FIRST_YEAR to LAST_YEAR.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(
                f"'{self}' is no date of a paper: years from {FIRST_YEAR} to {LAST_YEAR} are read"
            )
        if self.day and not self.month:
            raise ValueError("a day without its month is no date")
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError as error:
            raise ValueError(f"'{self}' is no date: {error}") from error

    def __str__(self) -> str:
        """As `parse` reads it: 2023, 2023-05 or 2023-05-12."""
        known = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part))
        return "-".join(known)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read YYYY, YYYY-MM or YYYY-MM-DD; raises ValueError for anything else, other ISO forms included."""
        found = _WRITTEN.fullmatch(text)
        if not found or "00" in found.groups()[1:]:
            raise ValueError(f"'{text}' is not a date written YYYY-MM-DD, YYYY-MM or YYYY")
        return cls(*(int(part) for part in found.groups() if part))

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The day, in full precision."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """The smallest part that is known."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> date:
        """The earliest day that it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read from text, written as text."""
        return core_schema.no_info_plain_validator_function(
            _validated, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A text of the pattern."""
        return handler(core_schema.str_schema(pattern=PATTERN))


def _validated(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate.of(value)
    return PartialDate.parse(str(value))

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from papershelf.core.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate
from support.strategies import partial_dates

PARTS = partial_dates()
ADAPTER = TypeAdapter(PartialDate)


@given(PARTS)
def test_what_is_written_is_read_again(known: PartialDate) -> None:
    assert PartialDate.parse(str(known)) == known
    assert ADAPTER.validate_json(ADAPTER.dump_json(known)) == known
    assert len(str(known)) == {"year": 4, "month": 7, "day": 10}[known.precision]


@given(PARTS, PARTS)
def test_dates_sort_as_their_text_does(one: PartialDate, other: PartialDate) -> None:
    assert (one < other) == (str(one) < str(other))


@given(st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12))
def test_a_month_begins_on_its_first_day_and_sorts_before_it(year: int, month: int) -> None:
    known = PartialDate(year, month)
    assert known.first_day == date(year, month, 1)
    assert PartialDate(year) < known < PartialDate.of(known.first_day)
    assert known < PartialDate(year, month, calendar.monthrange(year, month)[1])


@pytest.mark.parametrize(
    "text",
    [
        "", "23", "2023-", "2023-5", "2023-13", "2023-00", "2023-02-30", "2023-05-00", "20230512", "2023-W05",
        "0999", "2100", "2999-01-01", "12.05.2023", "2023-05-12T00:00", " 2023", "2023\n", "٢٠٢٣",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_forms_or_the_reason(text: str) -> None:
    with pytest.raises(ValidationError, match="date"):
        ADAPTER.validate_python(text)


@pytest.mark.parametrize(
    ("value", "text"), [(2023, "2023"), (date(2023, 5, 2), "2023-05-02"), ("2023-05", "2023-05")]
)
def test_yaml_gives_years_as_numbers_and_days_as_dates(value: object, text: str) -> None:
    assert str(ADAPTER.validate_python(value)) == text


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="without its month"):
        PartialDate(2023, day=5)


@pytest.mark.parametrize("value", [True, 2023.5, None, ["2023"]])
def test_other_values_are_no_dates(value: object) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(value)

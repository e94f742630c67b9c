import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.core.partial_date import PartialDate
from papershelf.sources.written_dates import best_date, date_of, written_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2016", "2016"),
        ("2016-03", "2016-03"),
        ("2016-03-05", "2016-03-05"),
        ("2016/03/05/", "2016-03-05"),
        ("2016/03//", "2016-03"),
        ("2016/01/", "2016-01"),
        ("2016///spring", "2016"),
        ("1990/2/27", "1990-02-27"),
        ("2016-Mar-05", "2016-03-05"),
        ("2021-07-21T10:00:00Z", "2021-07-21"),
        ("2020-01/2020-03", "2020-01"),
        ("2020/2021", "2020"),
        ("2020-21", "2020"),
        ("2023-02-30", "2023-02"),
        ("2019~", "2019"),
        ("March 2020", "2020-03"),
        ("Mar. 12, 2020", "2020-03-12"),
        ("12th March 2020", "2020-03-12"),
        ("Fri, 12 Mar 2020", "2020-03-12"),
        ("JUN 28 2011", "2011-06-28"),
        ("Sept 2011", "2011-09"),
        ("3/2011", "2011-03"),
        ("3/4/2011", "2011"),
        ("1998, thesis publ. 1997", "1998"),
        ("c2011", "2011"),
        ("0000", None),
        ("in press", None),
        ("Aug-23", None),
        ("12345", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(written: str, expected: str | None) -> None:
    assert written_date(written) == (PartialDate.parse(expected) if expected else None)


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        ("2020", "jan", "", "2020-01"),
        ("2020", "January", "", "2020-01"),
        ("2020", "1", "", "2020-01"),
        ("2020", "01", "7", "2020-01-07"),
        ("2020", "10~January", "", "2020-01-10"),
        ("2020", "January 10", "", "2020-01-10"),
        ("2020", "June--July", "", "2020-06"),
        ("2020", "sept", "", "2020-09"),
        ("2020", "13", "", "2020"),
        ("2020", "spring", "", "2020"),
        ("{2020}", "", "", "2020"),
        ("2020a", "", "", "2020"),
        ("forthcoming", "jan", "", None),
    ],
)
def test_a_year_and_a_month_are_a_date(year: str, month: str, day: str, expected: str | None) -> None:
    assert date_of(year, month, day) == (PartialDate.parse(expected) if expected else None)


def test_the_first_date_counts_unless_another_says_the_same_more_precisely() -> None:
    year, month, other = PartialDate(2013), PartialDate(2013, 7), PartialDate(2012, 7, 22)
    assert best_date([None, year, other, month]) == month
    assert best_date([month, year]) == month
    assert best_date([None]) is None


@given(st.dates(), st.text("0123456789-/. abJFMnrTZ~", max_size=20))
def test_no_text_raises_an_exception(day: object, text: str) -> None:
    written_date(text)
    written_date(f"{day}{text}")
    date_of(text, text, text)

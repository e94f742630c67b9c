"""The month that an arXiv id tells, and ids that there cannot be."""

import pytest
from pydantic import TypeAdapter, ValidationError

from papershelf.core import arxiv_ids
from papershelf.core.model import ArxivId
from papershelf.core.problems import InvalidValueError

ADAPTER: TypeAdapter[str] = TypeAdapter(ArxivId)


@pytest.mark.parametrize(
    ("arxiv_id", "month"),
    [
        ("2501.12340", "2025-01"), ("1501.00001", "2015-01"), ("1412.9999", "2014-12"),
        ("0704.0001", "2007-04"),
        ("cs/0112017", "2001-12"), ("math.GT/0309136", "2003-09"), ("hep-th/9108001", "1991-08"),
        ("cond-mat/0703470", "2007-03"), ("9912.00001", "2099-12"),
    ],
)  # fmt: skip
def test_an_id_tells_its_month(arxiv_id: str, month: str) -> None:
    assert str(arxiv_ids.month(arxiv_id)) == month
    assert ADAPTER.validate_python(arxiv_id) == arxiv_id


@pytest.mark.parametrize(
    ("arxiv_id", "reason"),
    [
        ("1713.03762", "no month 13"), ("1700.03762", "no month 00"), ("1706.3762", "5 digits"),
        ("1412.12345", "4 digits"), ("0703.0001", "April 2007"), ("0001.0001", "April 2007"),
        ("cs/0113017", "no month 13"), ("cs/0704001", "1991 to March 2007"),
        ("cs/5001001", "1991 to March 2007"), ("hep-th/9012001", "1991 to March 2007"),
    ],
)  # fmt: skip
def test_an_id_that_there_cannot_be_is_refused_with_reason_and_cure(arxiv_id: str, reason: str) -> None:
    with pytest.raises(InvalidValueError, match=reason) as error:
        arxiv_ids.month(arxiv_id)
    assert "check" in error.value.cure
    with pytest.raises(ValidationError, match=reason):
        ADAPTER.validate_python(arxiv_id)


@pytest.mark.parametrize("text", ["", "tea", "2501.123", "2501.123456", "2501.12340v2", "arXiv:2501.12340"])
def test_other_texts_are_no_ids(text: str) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(text)

"""Identifiers lead to their pages, and are refused in any form but the plain one."""

import pytest
from pydantic import TypeAdapter, ValidationError

from papershelf.core.model import ArxivId, Doi, Paper


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1000/182", "https://doi.org/10.1000/182"),
        ("10.1000/a#b?c%d", "https://doi.org/10.1000/a%23b%3Fc%25d"),
        ("10.1002/(SICI)17:1<1::A>3.0;2-2", "https://doi.org/10.1002/(SICI)17:1%3C1::A%3E3.0;2-2"),
    ],
)
def test_signs_of_a_doi_that_end_an_address_are_encoded_in_its_link(doi: str, address: str) -> None:
    assert Paper(id="tea", title="Tea", doi=doi).doi_page == address


@pytest.mark.parametrize("doi", ["10.1000/182", "10.1000.10/123", "10.1000/(a)b_c"])
def test_a_plain_doi_is_valid(doi: str) -> None:
    assert TypeAdapter(Doi).validate_python(doi) == doi


@pytest.mark.parametrize(
    "doi", ["10.1000/182.", r"10.1007/a\_7", "doi:10.1000/182", "10.1000/a b", "10.10/a"]
)
def test_anything_around_a_doi_is_refused(doi: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Doi).validate_python(doi)


@pytest.mark.parametrize("arxiv", ["1713.03762", "1706.3762", "0704.00011", "cs/0113017", "2501.12340v2"])
def test_an_arxiv_id_of_no_month_or_of_the_wrong_length_is_refused(arxiv: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(ArxivId).validate_python(arxiv)
    assert TypeAdapter(ArxivId).validate_python("1706.03762") == "1706.03762"

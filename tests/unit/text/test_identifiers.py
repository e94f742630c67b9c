"""Identifiers of works are told from what people paste and from what services write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from papershelf.core.model import ArxivId, Doi, OpenReviewId
from papershelf.text.identifiers import WorkId, parse, parse_as

MODELS: dict[str, TypeAdapter[str]] = {
    "arxiv": TypeAdapter(ArxivId),
    "doi": TypeAdapter(Doi),
    "openreview": TypeAdapter(OpenReviewId),
}
ARXIV = {
    "2501.12340": "2501.12340",
    "arXiv:2501.12340v2 [cs.CL]": "2501.12340",
    "arxiv: 0704.0001 (math.CO)": "0704.0001",
    "arXiv preprint arXiv:1706.03762": "1706.03762",
    "CoRR, abs/1706.03762": "1706.03762",
    "https://arxiv.org/abs/2501.12340v3": "2501.12340",
    "http://www.arxiv.org/pdf/2501.12340.pdf": "2501.12340",
    "https://arxiv.org/pdf/2501.12340v1.pdf#page=3": "2501.12340",
    "https://arxiv.org/html/2501.12340v1": "2501.12340",
    "export.arxiv.org/abs/2501.12340?context=cs": "2501.12340",
    "https://ar5iv.labs.arxiv.org/html/2501.12340": "2501.12340",
    "https://ar5iv.org/abs/2501.12340": "2501.12340",
    "https://www.alphaxiv.org/overview/2501.12340v1": "2501.12340",
    "https://huggingface.co/papers/2501.12340": "2501.12340",
    "cs/0112017": "cs/0112017",
    "arXiv:HEP-TH/9901001v3": "hep-th/9901001",
    "math.gt/0309136": "math.GT/0309136",
    "https://arxiv.org/abs/cond-mat/9901001v2": "cond-mat/9901001",
    "10.48550/arXiv.2501.12340": "2501.12340",
    "https://doi.org/10.48550/ARXIV.2501.12340": "2501.12340",
    "doi:10.48550/arxiv.cs/0112017": "cs/0112017",
    r"\url{https://arxiv.org/abs/2501.12340}": "2501.12340",
}
DOI = {
    "10.1000/182": "10.1000/182",
    "doi:10.1000/182": "10.1000/182",
    "DOI 10.1000/182.": "10.1000/182",
    "https://dx.doi.org/10.1000/182": "10.1000/182",
    "doi.org/10.1000/182": "10.1000/182",
    "10.1000.10/123456": "10.1000.10/123456",
    "10.1002/(SICI)1097(1998)17:15/16%3C1661::AID3%3E3.0.CO;2-2": (
        "10.1002/(SICI)1097(1998)17:15/16<1661::AID3>3.0.CO;2-2"
    ),
    "https://doi.org/10.1000/a%23b%3Fc": "10.1000/a#b?c",
    "10.1000/a&lt;b&gt;c": "10.1000/a<b>c",
    r"10.1007/978-3-030\_7": "10.1007/978-3-030_7",
    r"10.1007/978-3-030{\_}7.": "10.1007/978-3-030_7",
    "(10.1000/182)": None,
    "10.1000/(x)y)": "10.1000/(x)y",
    "https://link.springer.com/article/10.1007/s10994-021-05946-3": "10.1007/s10994-021-05946-3",
    "https://link.springer.com/content/pdf/10.1007/978-3-030-1_7.pdf": "10.1007/978-3-030-1_7",
    "https://link.springer.com/chapter/10.1007%2F978-3-030-1_7#Sec2": "10.1007/978-3-030-1_7",
    "https://dl.acm.org/doi/10.1145/3292500.3330701": "10.1145/3292500.3330701",
    "https://dl.acm.org/doi/pdf/10.1145/3292500.3330701?download=true": "10.1145/3292500.3330701",
    "https://dl.acm.org/doi/abs/10.1145/3292500": "10.1145/3292500",
    "https://onlinelibrary.wiley.com/doi/full/10.1002/rob.21918": "10.1002/rob.21918",
    "https://agupubs.onlinelibrary.wiley.com/doi/epdf/10.1029/2020GL1": "10.1029/2020GL1",
    "https://www.frontiersin.org/articles/10.3389/fnins.2018.1/full": "10.3389/fnins.2018.1",
    "https://iopscience.iop.org/article/10.1088/1742-6596/1/2/3/meta": "10.1088/1742-6596/1/2/3",
    "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.1": "10.1371/journal.pone.1",
    "https://academic.oup.com/bio/article/doi/10.1093/bio/btab083/6134065": "10.1093/bio/btab083",
    "https://direct.mit.edu/tacl/article/doi/10.1162/tacl_a_1/98/On-Tea": "10.1162/tacl_a_1",
    "https://www.biorxiv.org/content/10.1101/2022.12.09.519842v2.full": "10.1101/2022.12.09.519842",
    "https://www.biorxiv.org/content/biorxiv/early/2018/1/1/10.1101/519842.full.pdf": "10.1101/519842",
    "https://www.medrxiv.org/content/10.1101/2020.01.02.20016022v1.full-text": "10.1101/2020.01.02.20016022",
    "https://aclanthology.org/2024.naacl-long.1": "10.18653/v1/2024.naacl-long.1",
    "https://aclanthology.org/2023.findings-acl.12.pdf": "10.18653/v1/2023.findings-acl.12",
    "https://www.aclweb.org/anthology/N19-1423/": None,
    "https://aclanthology.org/N19-1423/": "10.18653/v1/N19-1423",
    "https://www.nature.com/articles/s41586-021-03819-2.pdf": "10.1038/s41586-021-03819-2",
    "https://www.nature.com/articles/nature14539": "10.1038/nature14539",
}
OPENREVIEW = {
    "https://openreview.net/forum?id=abC_-12": "abC_-12",
    "openreview.net/pdf?id=abC_-12": "abC_-12",
    "https://openreview.net/forum?id=aBc": "aBc",
    "https://openreview.net/forum?id=abC_-12&noteId=xyz": "abC_-12",
}
NONE = (
    "",
    "10.1000",
    "Attention",
    "1713.03762",
    "1706.3762",
    "2501.123456",
    "https://arxiv.org/list/cs.CL/recent",
    "https://openreview.net/group?id=ICLR.cc/2024",
    "https://openreview.net/references/pdf?id=abC_-12",
    "https://github.com/ann/10.1000/182",
    "https://zenodo.org/doi/10.5281/zenodo.12",
    "https://aclanthology.org/2022.lrec-1.5",
    "https://aclanthology.org/P05-1001",
    "https://www.nature.com/articles/",
    "https://[",
    "10.1000/" + "x" * 5000,
)


@pytest.mark.parametrize(("text", "value"), ARXIV.items())
def test_an_arxiv_id_is_told_from_every_spelling(text: str, value: str) -> None:
    assert parse(text) == WorkId("arxiv", value)


@pytest.mark.parametrize(("text", "value"), DOI.items())
def test_a_doi_is_told_from_every_spelling(text: str, value: str | None) -> None:
    assert parse(text) == (WorkId("doi", value) if value else None)


@pytest.mark.parametrize(("text", "value"), OPENREVIEW.items())
def test_an_openreview_id_is_told_from_its_addresses(text: str, value: str) -> None:
    assert parse(text) == WorkId("openreview", value)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert parse(text) is None


def test_a_bare_word_is_an_openreview_id_only_where_one_is_expected() -> None:
    assert parse("abC_-12") is None
    assert parse_as("openreview", " abC_-12 ") == WorkId("openreview", "abC_-12")
    assert parse_as("doi", "abC_-12") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10.1000/Tea", "https://doi.org/10.1000/TEA"),
        ("math.GT/0309136", "math/0309136v2"),
        ("10.21203/rs.3.rs-12/v1", "10.21203/rs.3.rs-12/v2"),
        ("10.20944/preprints202301.0001.v1", "10.20944/preprints202301.0001.v3"),
        ("10.26434/chemrxiv-2021-ab", "10.26434/chemrxiv-2021-ab-v2"),
        ("10.48550/arXiv.2501.12340", "2501.12340v4"),
    ],
)
def test_spellings_and_versions_of_one_work_have_one_key(one: str, other: str) -> None:
    first, second = parse(one), parse(other)
    assert first
    assert second
    assert first.key == second.key


@given(
    st.text()
    | st.sampled_from([*ARXIV, *DOI, *OPENREVIEW]).flatmap(
        lambda known: st.text(max_size=9).map(known.__add__)
    )
)
@settings(max_examples=50)
def test_whatever_is_found_is_a_valid_identifier_and_is_found_again(text: str) -> None:
    found = parse(text)
    if found:
        MODELS[found.kind].validate_python(found.value)
        is_short = len(found.value) < len("abC_-1")
        assert is_short or "%" in found.value or parse_as(found.kind, found.value) == found

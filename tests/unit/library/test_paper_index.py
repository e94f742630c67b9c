"""Papers are found by every name that a curator may use for them."""

import pytest

from papershelf.core.model import Paper
from papershelf.library.paper_index import index_papers

STEEP = Paper(
    id="steep",
    title="How Long to Steep",
    arxiv="2409.00001",
    doi="10.1000/Tea",
    openreview="steeP",
    former_ids=("steeping",),
)
PAPERS = (
    STEEP,
    Paper(id="kettle", title="A Kettle for Two"),
    Paper(id="twins", title="Twins"),
    Paper(id="twins-2", title="Twins!"),
)


@pytest.mark.parametrize(
    "name",
    [
        *("steep", "steeping", "2409.00001", "10.1000/tea", "10.1000/TEA", "how long: to STEEP?"),
        *("arXiv:2409.00001v2", "https://arxiv.org/pdf/2409.00001v3.pdf", "10.48550/arXiv.2409.00001"),
        *("https://doi.org/10.1000/tea", "https://openreview.net/forum?id=steeP"),
    ],
)
def test_a_paper_is_found_by_each_of_its_names(name: str) -> None:
    assert index_papers(PAPERS).find(name) == ("steep",)


def test_an_ambiguous_title_finds_all_its_papers_and_an_unknown_one_none() -> None:
    index = index_papers(PAPERS)

    assert index.find("TWINS") == ("twins", "twins-2")
    assert index.find("triplets") == ()


def test_an_id_takes_precedence_over_the_former_id_of_another_paper() -> None:
    index = index_papers([STEEP, Paper(id="steeping", title="Steeping")])

    assert index.find("steeping") == ("steeping",)


def test_the_hint_for_an_unknown_name_lists_similar_papers() -> None:
    index = index_papers(PAPERS)

    assert index.suggest("kettle-for-two") == "nearest: kettle"
    assert index.suggest("zzz") == ""

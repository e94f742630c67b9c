"""Decisions as curators write them: what is refused comes back with how to write it."""

import pytest

from papershelf.content.curation import read_decisions
from papershelf.content.yaml import parse


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        (
            "arxiv: https://arxiv.org/abs/2501.12340v2",
            (
                "arxiv: 'https://arxiv.org/abs/2501.12340v2' is not an arXiv id,"
                " like 2501.12340 or cs/0112017, without version"
            ),
            "write arxiv: 2501.12340",
        ),
        (
            "doi: https://doi.org/10.1000/a%3Cb",
            "doi: 'https://doi.org/10.1000/a%3Cb' is not a DOI, like 10.1000/182",
            "write doi: 10.1000/a<b",
        ),
        ("doi: 10.1000/182.", "doi: '10.1000/182.' is not a DOI, like 10.1000/182", "write doi: 10.1000/182"),
        (
            "doi: arXiv:2501.12340v2",
            "doi: 'arXiv:2501.12340v2' is not a DOI, like 10.1000/182",
            "write arxiv: 2501.12340",
        ),
        ("doi: soon", "doi: 'soon' is not a DOI, like 10.1000/182", ""),
    ],
)
def test_an_identifier_that_is_not_plain_is_refused_with_the_plain_one(
    line: str, message: str, hint: str
) -> None:
    _, problems = read_decisions(parse(f"- paper: tea\n  {line}\n", "content/curation/tea.yml"))

    assert [(problem.message, problem.hint) for problem in problems] == [(message, hint)]


def test_the_doi_that_arxiv_gives_is_read_as_arxiv_id_at_its_place() -> None:
    text = "- paper: tea\n  doi: 10.48550/arXiv.2501.12340\n"
    (placed,), problems = read_decisions(parse(text, "content/curation/tea.yml"))

    assert problems == []
    assert (placed.decision.arxiv, placed.decision.doi) == ("2501.12340", None)
    assert str(placed.fields["arxiv"]) == "content/curation/tea.yml:2:8"

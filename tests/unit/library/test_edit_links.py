"""The link that opens GitHub's editor on the right file and line."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.content.curation import read_decisions
from papershelf.content.yaml import parse
from papershelf.core.model import Paper
from papershelf.core.problems import Location
from papershelf.library.edit_links import edit_url, new_entry, paper_url
from support.contents import CURATION

HERE = "https://github.com/teapot/shelf"
PAPER = Paper(id="how-long-to-steep", title="How Long to Steep: Minutes & Hours?")


def test_a_decided_paper_opens_at_its_decision() -> None:
    paper = Paper(id="steep", title="Steep", edit=Location(CURATION, 12, 3))

    assert paper_url(HERE, paper, paper.edit) == f"{HERE}/edit/main/content/curation/tea.yml#L12"


def test_a_topic_opens_in_another_branch_too() -> None:
    at = Location("content/topics.yml", 7, 3)

    assert (
        edit_url(f"{HERE}.git/", at, branch="new words") == f"{HERE}/edit/new%20words/content/topics.yml#L7"
    )


def test_a_location_without_a_line_opens_the_file() -> None:
    assert edit_url(HERE, Location("content/collections/a b#c.yml")) == (
        f"{HERE}/edit/main/content/collections/a%20b%23c.yml"
    )


def test_an_undecided_paper_opens_a_new_entry() -> None:
    url = paper_url(HERE, PAPER, None)
    assert url
    query = parse_qs(urlsplit(url).query)

    assert url.startswith(f"{HERE}/new/main/content/curation?filename=how-long-to-steep.yml&value=")
    assert query == {"filename": ["how-long-to-steep.yml"], "value": [new_entry(PAPER)]}
    assert new_entry(PAPER) == (
        "# How Long to Steep: Minutes & Hours?\n"
        "# Remove the # in front of a field to fill it in.\n"
        "- paper: how-long-to-steep\n"
        "  # summary: what the paper does, in our own words\n"
        "  # note: why to read it\n"
        "  # topics: [topic-id, another-topic]\n"
        "  # code: [https://github.com/owner/name]\n"
        "  # rating: 1 to 5\n"
    )


@pytest.mark.parametrize(
    "repository",
    [
        None,
        "https://gitlab.com/teapot/shelf",
        "https://github.com/teapot",
        "https://github.com.evil.example/teapot/shelf",
        "https://example.org/github.com/teapot",
    ],
)
def test_there_is_no_link_outside_of_github(repository: str | None) -> None:
    assert paper_url(repository, PAPER, None) is None
    assert edit_url(repository, Location(CURATION, 1)) is None


@given(st.text(min_size=1, max_size=3000))
def test_the_new_entry_for_any_title_decides_nothing(title: str) -> None:
    paper = Paper(id="steep", title=title)
    decisions, problems = read_decisions(parse(new_entry(paper), CURATION))
    url = paper_url(HERE, paper, None)

    assert problems == []
    assert [placed.decision.model_fields_set for placed in decisions] == [{"paper"}]
    assert url
    assert url.isascii()
    assert len(url) < 4000


def test_the_new_entry_is_valid_with_its_fields_filled_in() -> None:
    filled = new_entry(PAPER).replace("  # ", "  ").replace("1 to 5", "4")

    (placed,), problems = read_decisions(parse(filled, CURATION))

    assert problems == []
    assert placed.decision.topics == ("topic-id", "another-topic")
    assert placed.decision.rating == 4

"""A date long after everything known is said to be one, at its place; nothing is said without a clue."""

import pytest

from papershelf.content.records import RecordFile
from papershelf.core.problems import Problem
from papershelf.library.library import build_library
from support.contents import content, listing

DECISION = "- paper: steep\n  published: {}\n"


def warnings(*files: RecordFile, decisions: str = "") -> list[Problem]:
    _, problems = build_library(content(files, decisions, topics=""))
    return problems


@pytest.mark.parametrize("published", ["2099-01-01", "2026", "2025-03-10"])
def test_a_date_long_after_the_newest_capture_is_a_warning_at_its_record(published: str) -> None:
    entries = {"title": "Kettle", "published": "2024-01-01"}, {"title": "Steep", "published": published}

    (problem,) = warnings(listing("old", "2023-01-01"), listing("tea", "2024-03-05", *entries))

    assert (str(problem.at), problem.severity) == ("content/papers/tea.jsonl:3", "warning")
    assert published in problem.message
    assert "2024-03-05" in problem.message
    assert "import" in problem.hint


def test_a_curators_date_is_warned_of_where_it_is_written() -> None:
    (problem,) = warnings(listing("tea", "2024-03-05", {"title": "Steep"}), decisions=DECISION.format(2099))

    assert (str(problem.at), problem.hint) == ("content/curation/tea.yml:2:14", "correct the date")


@pytest.mark.parametrize("published", ["2025", "2025-03", "2025-03-05", "1999"])
def test_issues_dated_ahead_and_papers_added_after_the_last_import_are_no_mistakes(published: str) -> None:
    tea = listing("tea", "2024-03-05", {"title": "Steep"})

    assert warnings(tea, decisions=DECISION.format(published)) == []


def test_the_newest_arxiv_id_tells_too_how_late_it_is() -> None:
    old = listing("tea", "2020-01-01", {"title": "Steep"}, {"title": "New", "arxiv": "2505.00001"})
    undated = listing(
        "tea", None, {"title": "Steep", "published": "2099"}, {"title": "N", "arxiv": "2505.00001"}
    )

    assert warnings(old, decisions=DECISION.format("2026-01-01")) == []
    assert [problem.severity for problem in warnings(undated)] == ["warning"]


def test_without_any_clue_nothing_is_said() -> None:
    assert warnings(listing("tea", None, {"title": "Steep", "published": "2099"})) == []

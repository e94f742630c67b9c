"""`papershelf import`: its options, as a user gives them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from papershelf.cli import main
from papershelf.sources.readers import READERS
from support.project import SMALL, TESTS, copy_project

GARDEN = TESTS / "listings" / "garden.txt"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "list", SMALL)


def papershelf(project: Path, *arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["-C", str(project), "import", *map(str, arguments)], input=given)


def test_the_formats_are_told_a_line_each_without_a_file(project: Path) -> None:
    told = papershelf(project, "--formats").stdout.splitlines()
    assert [line.split()[0] for line in told] == [reader.name for reader in READERS]
    assert all(len(line.split(maxsplit=1)[1]) > 10 for line in told)


def test_standard_input_is_read_and_needs_a_name_only_if_it_has_none(project: Path) -> None:
    page = GARDEN.read_text(encoding="utf-8")
    assert papershelf(project, "-", given=page).exit_code == 0
    undated = page.replace("Mar 14\n", "")
    refused = papershelf(project, "-", given=undated)
    assert refused.exit_code == 2
    assert "give the listing one with --id" in refused.stderr
    assert papershelf(project, "-", "--id", "mine", given=undated).exit_code == 0
    assert (project / "content/papers/mine.jsonl").is_file()


def test_half_of_a_file_is_counted_in_the_table_and_told_below(project: Path) -> None:
    result = papershelf(project, GARDEN, "--id", "half", "--limit", "1")
    assert result.exit_code == 0
    written = (project / "content/papers/half.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(written) == 2
    assert "half: left out " in result.stdout
    assert "beyond the first 1" in result.stdout


def test_facts_are_a_listing_that_is_no_edition(project: Path) -> None:
    assert papershelf(project, GARDEN, "--id", "known", "--role", "facts").exit_code == 0
    first = (project / "content/papers/known.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(first)["role"] == "facts"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--columns", "titel=Title"), "'titel=Title' names no field and column; fields: title, abstract, "),
        (("--columns", "title="), "'title=' names no field and column"),
        (("--since", "May 2024"), "'May 2024' is not a date written YYYY-MM-DD, YYYY-MM or YYYY"),
        (("--limit", "0"), "0 is not in the range x>=1"),
        (("--topic", "milk"), "there is no topic 'milk'; known: "),
    ],
)
def test_a_wrong_option_is_refused_with_what_is_right(
    project: Path, arguments: tuple[str, str], complaint: str
) -> None:
    result = papershelf(project, GARDEN, *arguments)
    assert result.exit_code == 2
    assert complaint in result.stderr

"""Every line of the threat model names modules and tests that exist, and nothing it says is missing."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from support.project import ROOT

TEXT = (ROOT / "docs/threat-model.md").read_text("utf-8")
LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if re.match(r"\| T\d+ \|", line)
]
PACKAGE = ROOT / "generator/papershelf"
each_line = pytest.mark.parametrize("line", LINES, ids=lambda line: str(line[0]))


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests in a file that is a test."""
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_the_lines_are_numbered_and_whole() -> None:
    assert [line[0] for line in LINES] == [f"T{number}" for number in range(1, len(LINES) + 1)]
    assert {len(line) for line in LINES} == {6}
    assert TEXT.count("\n| T") == len(LINES)


@each_line
def test_a_line_names_tests_that_exist(line: list[str]) -> None:
    names = re.findall(r"`([^`]+)`", line[5])
    assert names
    for name in names:
        path, _, test = name.partition("::")
        assert test.startswith("test_")
        assert test in names_in(ROOT / path), name


@each_line
def test_a_line_names_what_holds_it(line: list[str]) -> None:
    names = re.findall(r"`([^`]+)`", line[4])
    assert names
    for name in names:
        assert (ROOT / name if name.startswith(".github/") else PACKAGE / name).is_file(), name


@pytest.mark.parametrize("file", ["SECURITY.md", "docs/threat-model.md"])
def test_links_lead_to_files(file: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", (ROOT / file).read_text("utf-8"))
    assert targets
    assert [target for target in targets if not ((ROOT / file).parent / target).is_file()] == []

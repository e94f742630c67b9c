"""`papershelf export`: papers in one file, as a user gets them."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from papershelf.cli import main
from support.project import FULL, copy_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("export") / "list", FULL)


def export(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(project), "export", *arguments])


def test_every_format_has_the_same_papers(project: Path) -> None:
    papers = [json.loads(line) for line in export(project, "--format", "jsonl").stdout.splitlines()]
    assert len(papers) > 3
    keys = [paper["citation_key"] for paper in papers]
    assert [each["id"] for each in json.loads(export(project, "--format", "csl").stdout)] == keys
    assert [
        line.split("{")[1][:-1] for line in export(project).stdout.splitlines() if line[:1] == "@"
    ] == keys
    assert export(project, "--format", "ris").stdout.count("TY  - ") == len(papers)
    table = export(project, "--format", "csv").stdout.removeprefix("\ufeff")
    assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == [paper["id"] for paper in papers]
    listed = export(project, "--format", "markdown").stdout.splitlines()
    assert len(listed) == len(papers)
    assert all(line.startswith("- ") for line in listed)


def test_topics_and_conditions_choose_papers(project: Path) -> None:
    everything = [json.loads(line) for line in export(project, "--format", "jsonl").stdout.splitlines()]
    topic = next(topic for paper in everything for topic in paper.get("topics", ()))
    chosen = export(
        project, "--format", "jsonl", "--topic", topic, "--where", "published"
    ).stdout.splitlines()
    assert chosen
    assert len(chosen) < len(everything)
    assert all(json.loads(line)["published"] for line in chosen)


def test_no_paper_is_an_empty_file_and_said(project: Path) -> None:
    result = export(project, "--format", "jsonl", "--where", "venue=nowhere")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "No paper is so.\n"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--topic", "milk"), "there is no topic 'milk'; known: "),
        (("--where", "colour=red"), "there is no field 'colour'; fields: id, title, "),
    ],
)
def test_a_wrong_choice_is_refused_with_what_is_right(
    project: Path, arguments: tuple[str, str], complaint: str
) -> None:
    result = export(project, *arguments)
    assert result.exit_code == 2
    assert complaint in result.stderr

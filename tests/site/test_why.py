"""`papershelf build --explain PATH` says why an output is current or what changed, and builds nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from papershelf.cli import main
from support.project import ROOT, SMALL

PAPER = "papers/counting-tulips/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("why") / "list"
    shutil.copytree(SMALL, folder)
    assert CliRunner().invoke(main, ["-C", str(folder), "build", "--quiet"]).exit_code == 0
    return folder


@pytest.fixture
def explain(built: Path, tmp_path: Path) -> Callable[[str], str]:
    shutil.copytree(built, tmp_path / "list")
    assert CliRunner().invoke(main, ["-C", str(tmp_path / "list"), "build", "--quiet"]).exit_code == 0

    def explain(path: str) -> str:
        before = {file: file.stat().st_mtime_ns for file in (tmp_path / "list/site").rglob("*")}
        said = CliRunner().invoke(main, ["-C", str(tmp_path / "list"), "build", "--explain", path])
        assert {file: file.stat().st_mtime_ns for file in (tmp_path / "list/site").rglob("*")} == before
        return said.output

    return explain


def decide(folder: Path, lines: str) -> None:
    (folder / "content/curation/why.yml").write_text(lines, encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    [
        PAPER,
        f"site/{PAPER}index.html",
        f"{PAPER}index.md",
        "/",
        "index.html",
        "api/v1/papers.bib",
        "pagefind",
    ],
)
def test_what_nobody_changed_is_current(explain: Callable[[str], str], path: str) -> None:
    assert "is current: nothing that it is made from has changed." in explain(path)


def test_the_input_that_changed_is_named(explain: Callable[[str], str], tmp_path: Path) -> None:
    decide(tmp_path / "list", "- paper: counting-tulips\n  summary: Tulips, counted again.\n")
    assert explain(PAPER) == f"{PAPER}index.md will be made again: paper changed.\n"
    assert explain("pagefind") == "pagefind will be made again: documents changed.\n"
    assert "is current" in explain("papers/twins/")


def test_templates_and_frames_are_named(explain: Callable[[str], str], tmp_path: Path) -> None:
    template = tmp_path / "list/templates/paper.md"
    template.parent.mkdir()
    template.write_text(f"{(ROOT / 'templates/paper.md').read_text('utf-8')}\nMore.\n", encoding="utf-8")
    assert explain(PAPER) == f"{PAPER}index.md will be made again: templates changed.\n"
    config = tmp_path / "list/site_config.yml"
    config.write_text(config.read_text("utf-8").replace("A small list", "A smaller list"), encoding="utf-8")
    assert explain(PAPER) == f"{PAPER}index.md will be made again: templates and frame changed.\n"


def test_new_removed_and_tampered_outputs_are_told_apart(
    explain: Callable[[str], str], tmp_path: Path
) -> None:
    decide(tmp_path / "list", "- paper: counting-tulips\n  hide: yes\n")
    assert explain(PAPER) == (f"{PAPER}index.md will be removed: nothing in the content makes it any more.\n")
    decide(
        tmp_path / "list", "- paper: Teapots\n  title: Teapots\n  arxiv: 2501.12340\n  topics: [kitchens]\n"
    )
    assert explain("papers/teapots/") == "papers/teapots/index.md is new.\n"
    (tmp_path / "list/site/papers/twins/index.html").unlink()
    assert "its files were changed or removed after they were written" in explain("papers/twins/")


def test_an_unknown_path_and_broken_content_are_failures(built: Path, tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["-C", str(built), "build", "--explain", "nowhere"])
    assert (said.exit_code, said.output) == (2, "This site has no file or page 'nowhere'.\n")
    shutil.copytree(built, tmp_path / "list")
    decide(tmp_path / "list", "- paper: nobody\n")
    said = CliRunner().invoke(main, ["-C", str(tmp_path / "list"), "build", "--explain", PAPER])
    assert said.exit_code == 1
    assert "content/curation/why.yml:1" in said.output

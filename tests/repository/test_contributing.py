"""What CONTRIBUTING.md tells curators to write is right, and the check says what it says there."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from papershelf.cli import main
from support.project import ROOT

GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
YAML = re.compile(
    r"```yaml\n# (?P<file>\S+)\n(?P<body>.*?)```(?:\n\n(?:Then [^\n]*\n\n)?```text\n(?P<says>.*?)```)?",
    re.DOTALL,
)
BLOCKS = [
    pytest.param(*found.group("file", "body", "says"), id=found["file"]) for found in YAML.finditer(GUIDE)
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The shipped list without anything that was decided by hand."""
    folder = tmp_path / "project"
    shutil.copytree(
        ROOT / "content", folder / "content", ignore=shutil.ignore_patterns("curation", "collections")
    )
    shutil.copyfile(ROOT / "site_config.yml", folder / "site_config.yml")
    return folder


def check(project: Path) -> Result:
    return CliRunner().invoke(main, ["-C", str(project), "check"])


def errors(result: Result) -> list[str]:
    return [line for line in result.stderr.splitlines() if ": warning: " not in line]


def test_the_guide_has_a_block_for_everything() -> None:
    assert GUIDE.count("```yaml") == len(BLOCKS) == 8


@pytest.mark.parametrize(("file", "body", "says"), BLOCKS)
def test_what_the_guide_shows_is_checked_as_it_says(
    project: Path, file: str, body: str, says: str | None
) -> None:
    target = project / file
    before = target.read_text("utf-8") + "\n" if target.exists() else f"# {file}\n"
    target.parent.mkdir(exist_ok=True)
    target.write_text(before + body, "utf-8")

    result = check(project)

    assert errors(result) == (says or "").splitlines()
    assert result.exit_code == (1 if says else 0)


def test_a_change_shows_on_the_paper_it_is_about(project: Path) -> None:
    decided = {file: body for file, body, says in (block.values for block in BLOCKS) if not says}
    (project / "content/curation").mkdir()
    for name in ("attention", "corrections", "twins"):
        file = f"content/curation/{name}.yml"
        (project / file).write_text(str(decided[file]), "utf-8")

    built = CliRunner().invoke(main, ["-C", str(project), "build", "-q"])
    added = (project / "site/papers/attention-is-all-you-need/index.html").read_text("utf-8")
    corrected = (project / "site/papers/gpt-takes-the-bar-exam/index.html").read_text("utf-8")

    assert built.exit_code == 0
    assert "Replaces recurrence and convolution" in added
    assert "<em>easy to read</em>" in corrected
    assert "mjbommar/gpt-takes-the-bar-exam" in corrected
    assert not (project / "site/papers/instruction-tuned-models-are-quick-learners/index.md").exists()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((content/[^)]*)\)", GUIDE))))
def test_links_into_the_repository_lead_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


def test_links_within_the_guide_lead_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}

    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors

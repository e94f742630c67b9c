"""Every mistake in tests/mistakes is said by `papershelf check` in the words that stand there."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from papershelf.cli import main
from support.project import TESTS

MISTAKES = sorted(path for path in (TESTS / "mistakes").glob("*.txt") if path.stem != "README")


def sections(text: str) -> dict[str, str]:
    """What stands under each `=== name` line."""
    parts = text.split("\n=== ")[1:]
    return {name: f"{body}\n" for name, _, body in (part.partition("\n") for part in parts)}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda path: path.stem)
def test_mistake_is_said_with_its_place_and_cure(mistake: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(TESTS / "small", project)
    files = sections(mistake.read_text(encoding="utf-8"))
    expected = files.pop("says").strip().splitlines()
    for name, content in files.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(content, encoding="utf-8")

    result = CliRunner().invoke(main, ["-C", str(project), "check"])

    assert result.stderr.splitlines() == expected
    assert result.exit_code == (0 if all(": warning: " in line for line in expected) else 1)


def test_small_list_has_no_mistake() -> None:
    result = CliRunner().invoke(main, ["-C", str(TESTS / "small"), "check"])

    assert result.stderr == ""
    assert result.exit_code == 0

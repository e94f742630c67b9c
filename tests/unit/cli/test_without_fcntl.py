"""Commands for curators run on systems without `fcntl`, which only Unix has."""

import subprocess
import sys
from pathlib import Path

import pytest

from support.project import SMALL, copy_project

HIDE_FCNTL = (
    "import sys; sys.modules['fcntl'] = None; from papershelf.cli import main; main(prog_name='papershelf')"
)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("explain", "a-garden-that-learns"),
        ("suggest",),
        ("new", "paper", "2501.12340"),
        ("schema",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_runs_without_fcntl(arguments: tuple[str, ...], tmp_path: Path) -> None:
    project = copy_project(tmp_path / "small", content=SMALL)

    result = subprocess.run(
        [sys.executable, "-W", "ignore:only soft file lock", "-c", HIDE_FCNTL, "-C", project, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stderr == ""
    assert result.returncode == 0
    assert result.stdout

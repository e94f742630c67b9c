"""Where things are, and a project to play with."""

import os
import shutil
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
TESTS: Final = ROOT / "tests"
SMALL: Final = TESTS / "small"
FULL: Final = TESTS / "full"  # a bit of everything that content may hold
_PROJECT: Final = ("site_config.yml", "content", "templates")


def child_environment(**changes: str) -> dict[str, str]:
    """Environment variables for a child process that imports this checkout's `papershelf` and `support`."""
    path = os.pathsep.join(map(str, (ROOT / "generator", TESTS)))
    return {**os.environ, "PYTHONPATH": path, **changes}


def copy_project(folder: Path, content: Path = ROOT) -> Path:
    """Settings and content of the project `content` with this project's templates."""
    folder.mkdir()
    for name in _PROJECT:
        source = (ROOT if name == "templates" else content) / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, folder / name)
    return folder

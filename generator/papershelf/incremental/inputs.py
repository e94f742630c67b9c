"""All that a build starts from, as one fingerprint: when it is the same, so is the site."""

import os
import subprocess
from pathlib import Path

from papershelf.content.reader import CONFIG, Project
from papershelf.incremental import cache, fingerprint


def key(project: Project, *others: bytes) -> bytes:
    """Stands for the program, the settings, every file of the content, and the `others`."""
    files = [project.root / CONFIG, *sorted(project.content.rglob("*"))]
    pairs = ((_name(file, project), _content(file)) for file in files if file.is_file())
    return fingerprint.digest(cache.program(), *others, *(part for pair in pairs for part in pair))


def commit(root: Path) -> str:
    """The commit that is built: GITHUB_SHA, else where git is in the project's repository; "" if unknown."""
    given = os.environ.get("GITHUB_SHA", "")
    if given or not (root / ".git").exists():
        return given
    try:
        asked = subprocess.run(  # noqa: S603  the user's own git
            ["git", "-C", root, "rev-parse", "HEAD"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return asked.stdout.strip()


def _name(file: Path, project: Project) -> bytes:
    return file.relative_to(project.root).as_posix().encode("utf-8", "surrogateescape")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        return str(error).encode()

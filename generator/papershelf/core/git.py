"""What git says about the reading list's own repository."""

import os
import subprocess
from pathlib import Path


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

"""Ask git about the repository of the reading list."""

import os
import subprocess
from pathlib import Path


def commit(root: Path) -> str:
    """The commit that is built: GITHUB_SHA, else HEAD of the project's repository; "" if unknown."""
    on_github = os.environ.get("GITHUB_SHA", "")
    if on_github or not (root / ".git").exists():
        return on_github
    try:
        command = ["git", "-C", str(root), "rev-parse", "HEAD"]
        result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  the user's own git
    except OSError:
        return ""
    return result.stdout.strip()

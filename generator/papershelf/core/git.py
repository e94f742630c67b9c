"""Ask git about the repository of the reading list."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAIN: Final = "main"


@dataclass(frozen=True, slots=True)
class Checkout:
    """What is checked out: the commit, "" if unknown, and the branch that edits of the content go to."""

    commit: str = ""
    branch: str = MAIN


def checkout(root: Path) -> Checkout:
    """What is built: as GitHub's workflows say it, else as git says of the project's repository."""
    is_repository = (root / ".git").exists()
    commit = os.environ.get("GITHUB_SHA") or (
        _git(root, "rev-parse", "--verify", "HEAD") if is_repository else ""
    )
    head = _git(root, "symbolic-ref", "HEAD") if is_repository else ""
    return Checkout(commit, _workflow_branch() or head.removeprefix("refs/heads/") or MAIN)


def tracks(folder: Path) -> bool:
    """Whether files of a folder are in git."""
    root = folder.parent
    return (root / ".git").exists() and bool(_git(root, "ls-files", "-z", "--", f":(literal){folder.name}"))


def _workflow_branch() -> str:
    """The branch that a workflow builds, or that its pull request goes to; "" outside of workflows."""
    name = os.environ.get("GITHUB_REF_NAME", "") if os.environ.get("GITHUB_REF_TYPE") == "branch" else ""
    return os.environ.get("GITHUB_BASE_REF") or name


def _git(root: Path, *arguments: str) -> str:
    """What git prints; "" where it fails, there is none, or what it prints is not UTF-8."""
    try:
        command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), *arguments]
        result = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)  # noqa: S603  the user's own git
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return ""
    return result.stdout.strip()

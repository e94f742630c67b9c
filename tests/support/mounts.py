"""Commands that see other file systems than everybody else: mounts that end with them."""

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from support.project import child_environment

_UNSHARE: Final = ("unshare", "--mount", *(("--map-root-user",) if os.geteuid() else ()))


def _can_mount() -> bool:
    try:
        return subprocess.run([*_UNSHARE, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


needs_mounts = pytest.mark.skipif(not _can_mount(), reason="this system lets nobody mount anything")


def run_with_mounts(
    script: str, command: Sequence[str | Path], **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a shell script that mounts something, then a command that sees it."""
    return subprocess.run(
        [*_UNSHARE, "bash", "-ec", f"{script}\n{shlex.join(map(str, command))}"],
        capture_output=True,
        text=True,
        check=False,
        env=child_environment(**environment),
    )

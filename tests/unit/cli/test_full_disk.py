"""On a full disk each command says so, and what was there is as it was."""

import sys
from pathlib import Path

import pytest

from support.mounts import needs_mounts, run_with_mounts
from support.project import SMALL, copy_project

WRITING = {
    "build": ("build", "--quiet"),
    "schema": ("schema",),
    "new paper": ("new", "paper", "2501.12340"),
    "new topic": ("new", "topic", "Moss"),
    "new collection": ("new", "collection", "Begin here"),
    "import": ("import", "content/page.txt"),
    "init": ("init", "another"),
}
READING = {"check": ("check",), "explain": ("explain", "counting-tulips"), "suggest": ("suggest",)}
LINES = "Daily Papers\n\nOf Pots\n\nA text about pots.\n\n• 2 authors\n·\nMar 5, 2025\n"


@needs_mounts
@pytest.mark.parametrize("name", [*WRITING, *READING])
@pytest.mark.parametrize("free", [0, 8], ids=lambda kilobytes: f"{kilobytes} kB free")
def test_a_full_disk_is_named_and_nothing_is_half_written(tmp_path: Path, name: str, free: int) -> None:
    project = copy_project(tmp_path / "list", SMALL)
    (project / "content/page.txt").write_text(LINES, encoding="utf-8")
    place = tmp_path / "small-disk"
    place.mkdir()
    hashes = f"(cd {place} && find . -type f ! -name full ! -path './build/*' -exec sha256sum {{}} + | sort)"
    fill = f"""
        mount -t tmpfs -o size=4m tmpfs {place}
        cp -r {project}/. {place}
        {hashes} > {tmp_path}/before
        dd if=/dev/zero of={place}/full bs=1k 2>/dev/null || true
        truncate -s -{free}k {place}/full
        trap "{hashes} > {tmp_path}/after" EXIT
        cd {place}
    """
    ended = run_with_mounts(fill, (sys.executable, "-m", "papershelf", *(WRITING | READING)[name]))
    before, after = ((tmp_path / each).read_text("utf-8").splitlines() for each in ("before", "after"))
    assert "Traceback" not in ended.stderr
    if name in READING:
        assert ended.returncode == 0, ended.stderr
        assert after == before
    elif ended.returncode:
        assert ended.returncode == 2
        assert "No space left on device" in ended.stderr
        assert after == before
    else:
        assert free, "there was no space at all"

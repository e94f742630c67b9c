"""Files land on disk only where they differ, and a site is replaced whole or not at all."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.core.problems import GeneratorError
from papershelf.incremental.filetree import write_tree
from papershelf.incremental.staging import lock, recover, staging_folder, swap, swap_by_renames
from support.project import child_environment

NAMES = st.text("ab.é ", min_size=1, max_size=3).filter(lambda name: name not in {".", ".."})
TREES = st.dictionaries(
    st.lists(NAMES, min_size=1, max_size=3).map("/".join), st.text(max_size=5), max_size=6
)


MARK = ("assets/papershelf/papershelf.js", "")  # by which a site is known


def tree(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes().decode() for p in folder.rglob("*") if p.is_file()
    }


def without_clashes(files: dict[str, str]) -> dict[str, str]:
    """No path that is also the folder of another one: no disk can hold both."""
    return {path: text for path, text in files.items() if not any(p.startswith(f"{path}/") for p in files)}


@given(TREES.map(without_clashes), TREES.map(without_clashes))
def test_the_folder_holds_exactly_the_last_tree(first: dict[str, str], second: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "docs")
        write_tree(folder, first.items())
        write_tree(folder, second.items())
        assert tree(folder) == second
        assert all(any(p.iterdir()) for p in folder.rglob("*") if p.is_dir()), "an empty folder is left"


def test_what_does_not_differ_is_not_touched(tmp_path: Path) -> None:
    write_tree(tmp_path / "docs", [("a.md", "one"), ("b/c.md", b"two")])
    old = tmp_path / "docs/a.md"
    os.utime(old, (1, 1))
    write_tree(tmp_path / "docs", [("a.md", "one"), ("b/d.md", "three")])
    assert tree(tmp_path / "docs") == {"a.md": "one", "b/d.md": "three"}
    assert old.stat().st_mtime == 1


@pytest.mark.parametrize("path", ["../a", "a/../../b", "/etc/a", "", ".", "a\0b"])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        write_tree(tmp_path / "docs", [(path, "x")])
    assert tree(tmp_path) == {}


def test_two_files_with_one_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one path: 'a/b'"):
        write_tree(tmp_path / "docs", [("a/b", "x"), ("a/b", "y")])


def test_links_in_the_folder_are_replaced_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write_tree(outside, [("kept.md", "kept")])
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/folder").symlink_to(outside)
    (tmp_path / "docs/unwanted").symlink_to(outside)
    (tmp_path / "docs/file.md").symlink_to(outside / "kept.md")
    write_tree(tmp_path / "docs", [("folder/kept.md", "new"), ("file.md", "new")])
    assert tree(outside) == {"kept.md": "kept"}
    assert tree(tmp_path / "docs") == {"folder/kept.md": "new", "file.md": "new"}
    assert not (tmp_path / "docs/unwanted").exists()


HOLDING = """
import sys
from pathlib import Path
from papershelf.incremental.staging import lock
with lock(Path(sys.argv[1])):
    print(flush=True)
    sys.stdin.read()
"""


def test_the_second_build_at_once_is_told_so_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    hold = [sys.executable, "-c", HOLDING, str(tmp_path / "build")]
    with subprocess.Popen(
        hold, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=child_environment()
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()
        with pytest.raises(GeneratorError, match="another build is at work"), lock(tmp_path / "build"):
            pass
        first.kill()
    with lock(tmp_path / "build"):
        pass


def test_others_see_nothing_of_what_a_build_works_on(tmp_path: Path) -> None:
    with staging_folder(tmp_path / "build", tmp_path / "site") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_failed_build_leaves_the_last_site_and_no_rubbish(tmp_path: Path) -> None:
    work, live = tmp_path / "build", tmp_path / "site"
    with staging_folder(work, live) as folder:
        write_tree(folder / "site", [("index.html", "first"), MARK])
        swap(folder / "site", live)
    with pytest.raises(ValueError, match="leaves the folder"), staging_folder(work, live) as folder:
        write_tree(folder / "site", [("index.html", "half"), ("../b.html", "refused")])
    assert tree(live) == dict([("index.html", "first"), MARK])
    assert {path.name for path in work.iterdir()} == {".lock", ".gitignore", "CACHEDIR.TAG"}


def test_what_a_killed_build_left_is_put_right(tmp_path: Path) -> None:
    work, live = tmp_path / "build", tmp_path / "site"
    with lock(work):
        write_tree(work / "staging-killed", [("index.html", "half")])
    write_tree(tmp_path / ".site.previous", [("index.html", "last good"), MARK])
    with staging_folder(work, live) as folder:
        assert tree(live) == dict([("index.html", "last good"), MARK])
        assert [path for path in work.iterdir() if path.is_dir()] == [folder]
    assert not (tmp_path / ".site.previous").exists()


def test_a_file_in_the_way_of_the_site_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("somebody's notes")
    (tmp_path / "fresh").mkdir()
    with pytest.raises(GeneratorError, match="in the way"):
        swap(tmp_path / "fresh", tmp_path / "site")
    assert (tmp_path / "site").read_text() == "somebody's notes"


def test_two_renames_do_what_an_exchange_does(tmp_path: Path) -> None:
    write_tree(tmp_path / "fresh", [("index.html", "new")])
    write_tree(tmp_path / "site", [("index.html", "old")])
    swap_by_renames(tmp_path / "fresh", tmp_path / "site")
    assert tree(tmp_path) == {"site/index.html": "new", "fresh/index.html": "old"}


SWAPPING = """
import sys
from pathlib import Path
from papershelf.incremental.filetree import write_tree
from papershelf.incremental.staging import {swap}, staging_folder
work, live = Path(sys.argv[1], "build"), Path(sys.argv[1], "site")
print(flush=True)
for number in range(1_000_000):
    with staging_folder(work, live) as folder:
        pages = [(f"assets/papershelf/page{{n}}.html", f"site {{number}}") for n in range(20)]
        write_tree(folder / "site", pages)
        {swap}(folder / "site", live)
"""


@pytest.mark.parametrize("how", ["swap", "swap_by_renames"])
def test_a_kill_at_any_moment_leaves_a_whole_site(tmp_path: Path, how: str) -> None:
    live = tmp_path / "site"
    write_tree(live, [(f"assets/papershelf/page{n}.html", "site -1") for n in range(20)])
    for milliseconds in range(0, 60, 4):
        with subprocess.Popen(
            [sys.executable, "-c", SWAPPING.format(swap=how), tmp_path],
            stdout=subprocess.PIPE,
            env=child_environment(),
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(milliseconds / 1000)
            process.send_signal(signal.SIGKILL)
        if how == "swap_by_renames":
            recover(live)
        pages = tree(live)
        assert len(pages) == 20
        assert len(set(pages.values())) == 1, f"two builds are mixed: {set(pages.values())}"

"""Folders of thousands of files."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from papershelf.incremental import filetree


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let the system take no more than so many bytes of a file, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_the_disk_takes_in_part_is_an_error(tmp_path: Path) -> None:
    with room_for(1000), pytest.raises(OSError, match="No space left on device"):
        filetree.create(tmp_path, "a/index.html", b"x" * 2000)


def test_a_file_has_its_stamp_and_digest(tmp_path: Path) -> None:
    made = filetree.create(tmp_path, "a/index.html", b"x" * 2000)

    assert made == filetree.read(tmp_path, "a/index.html")
    assert made[2] == filetree.digest(b"x" * 2000)

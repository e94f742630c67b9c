"""Files of the index on disk: each is there whole or not at all, however a build ends."""

import secrets
import stat
from collections.abc import Collection
from pathlib import Path

from papershelf.core import files
from papershelf.search.pagefind import Files


def write(site: Path, name: str, content: bytes) -> None:
    """Make the file at a path below the site hold `content`; it is left alone if it does."""
    above, _, file = name.rpartition("/")
    with files.opened(site, above, create=True) as folder:
        if folder.read(file) != content:
            folder.exchange(file, content, flush=False)


def write_folder(site: Path, name: str, contents: Files) -> None:
    """Make the folder at a path below the site, of files that are named without folders of their own.

    It is left alone if it is there.
    """
    above, _, last = name.rpartition("/")
    with files.opened(site, above, create=True) as parent:
        if parent.status(last):
            return
        partial = f".{secrets.token_hex(8)}"
        with files.opened(site, f"{above}/{partial}", create=True) as folder:
            for file, content in contents.items():
                folder.create(file, content, flush=False)
        parent.rename(partial, last)


def remove_others(site: Path, name: str, wanted: Collection[str]) -> None:
    """Remove what is not wanted from the folder at a path below the site."""
    with files.opened(site, name) as folder:
        for other in sorted({*folder.names()} - {*wanted}):
            status = folder.status(other)
            if status and stat.S_ISDIR(status.st_mode):
                folder.remove_tree(other)
            else:
                folder.remove_file(other)

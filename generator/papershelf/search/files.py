"""Files of the index on disk: each is there whole or not at all, however a build ends."""

import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

from papershelf.search.pagefind import Files


def write(file: Path, content: bytes) -> None:
    """Make `file` hold `content`; it is left alone if it does."""
    if not file.is_file() or file.read_bytes() != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_name(f".{file.name}")
        partial.write_bytes(content)
        partial.replace(file)


def write_folder(folder: Path, files: Files) -> None:
    """Make the folder of these files, named without folders of their own."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=folder.parent) as place:
        partial = Path(place, folder.name)
        partial.mkdir()
        for name, content in files.items():
            with open(f"{partial}/{name}", "wb", buffering=0) as file:  # noqa: PTH123  thousands of them
                file.write(content)
        partial.rename(folder)


def remove_others(folder: Path, wanted: Collection[str]) -> None:
    """Remove what is not wanted from a folder, which may be missing."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in wanted:
            shutil.rmtree(path) if path.is_dir() else path.unlink()

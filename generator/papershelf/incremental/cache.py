"""What a build remembers for the next one, in a folder that may be deleted at any time.

Every file begins with a checksum over its content and a key. What is cut off, damaged, or was made with
another key is as good as not there.
"""

import importlib.metadata
import os
import pickle
import sys
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from papershelf.core.problems import GeneratorError
from papershelf.incremental import fingerprint

_PACKAGE: Final = Path(__file__).parent.parent
_SIZE: Final = 16 + 8 + 4  # of a checksum: for the key, the length, the content
_DISTRIBUTIONS: Final = (
    *("jinja2", "latex2mathml", "markdown", "markdown-it-py", "markupsafe", "pydantic"),
    "pylatexenc",
)


def recall(folder: Path, name: str, key: bytes) -> Any:  # noqa: ANN401  what was remembered under that key
    """What was remembered under this name with this key; None if nothing was."""
    try:
        file = memoryview((folder / name).read_bytes())
    except OSError:
        return None
    content = file[_SIZE:]  # not a copy: it may have a hundred megabytes
    if file[:_SIZE] != _checksum(key, content):
        return None
    return pickle.loads(content)  # noqa: S301  the checksum says that we wrote it


def remember(folder: Path, name: str, key: bytes, value: object) -> None:
    """Keep a value until the next build; an earlier one of the name is replaced in one step."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{name}.{os.getpid()}.partial"
    with partial.open("wb") as file:
        file.write(_checksum(key, content))
        file.write(content)
    partial.replace(folder / name)


@cache
def program() -> bytes:
    """Stands for this program: its code, Python, and the libraries whose versions change what it makes."""
    code = (file.read_bytes() for file in sorted(_PACKAGE.rglob("*.py")))
    return fingerprint.digest(sys.version.encode(), *versions(_DISTRIBUTIONS), *code)


def versions(distributions: Iterable[str]) -> list[bytes]:
    """Names and versions of distributions; raises GeneratorError if one is not installed."""
    try:
        return [f"{name} {importlib.metadata.version(name)}".encode() for name in distributions]
    except importlib.metadata.PackageNotFoundError as error:
        raise GeneratorError(
            f"{error.name} is not installed: pip install 'papershelf[{error.name}]'"
        ) from error


def _checksum(key: bytes, content: bytes | memoryview) -> bytes:
    """Of hundreds of megabytes, so it is one that processors have an instruction for."""
    return fingerprint.digest(key) + len(content).to_bytes(8) + zlib.crc32(content).to_bytes(4)

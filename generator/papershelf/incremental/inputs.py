"""All that a build depends on, as one fingerprint: while it is the same, so is the site."""

import hashlib
import importlib.metadata
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from papershelf.core.problems import GeneratorError
from papershelf.core.project import CONFIG, Project
from papershelf.core.regular_file import open_regular
from papershelf.incremental import fingerprint

_PACKAGE: Final = Path(__file__).parent.parent
DISTRIBUTIONS: Final = frozenset(
    {
        *(
            "cbor2",
            "click",
            "filelock",
            "idna",
            "jinja2",
            "latex2mathml",
            "markdown_it_py",
            "markdown",
            "mkdocs",
        ),
        *("mkdocs_material", "msgspec", "pagefind_bin", "pydantic", "pylatexenc", "python_slugify"),
        *("pyyaml", "rapidfuzz", "rcssmin", "regex", "rich", "rjsmin", "scikit_learn", "tenacity"),
        *("bibtexparser", "feedparser", "lxml", "watchfiles"),
        *("markupsafe", "numpy", "pydantic_core", "scipy"),
    }
)
"""What we depend on, and what that brings that computes: another version may make another site."""


def key(project: Project, *others: bytes) -> bytes:
    """The fingerprint of the program, the settings, every file of the content, and the `others`.

    Files whose names begin with a dot are no content: editors keep their locks in them.
    """
    files = [project.root / CONFIG, *sorted(project.content.rglob("*"))]
    shown = (file for file in files if not file.name.startswith(".") and not _is_folder(file))
    pairs = ((_name(file, project), _content(file)) for file in shown)
    return fingerprint.digest(program(), *others, *(part for pair in pairs for part in pair))


@cache
def program() -> bytes:
    """The fingerprint of our code, Python, and the installed versions of `DISTRIBUTIONS`."""
    code = (file.read_bytes() for file in sorted(_PACKAGE.rglob("*.py")))
    return fingerprint.digest(sys.version.encode(), *_installed(), *code)


def versions(distributions: Iterable[str]) -> list[bytes]:
    """Names and versions of distributions; raises GeneratorError if one is not installed."""
    try:
        return [f"{name} {importlib.metadata.version(name)}".encode() for name in distributions]
    except importlib.metadata.PackageNotFoundError as error:
        raise GeneratorError(
            f"{error.name} is not installed: pip install 'papershelf[{error.name}]'"
        ) from error


def _installed() -> Iterator[bytes]:
    """Names and versions as the folders of their metadata have them: looking into each would take longer."""
    for place in map(Path, dict.fromkeys(sys.path)):
        if place.is_dir():
            for name in sorted(os.listdir(place)):  # noqa: PTH208  a Path for each of thousands is slow
                distribution = name.partition("-")[0].replace(".", "_").lower()
                if name.endswith(".dist-info") and distribution in DISTRIBUTIONS:
                    yield name.encode()


def _name(file: Path, project: Project) -> bytes:
    return file.relative_to(project.root).as_posix().encode("utf-8", "surrogateescape")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _content(file: Path) -> bytes:
    """The digest of a file, read in pieces; if it cannot be read, why."""
    try:
        with open_regular(file) as opened:
            return hashlib.file_digest(opened, "sha256").digest()
    except OSError as error:
        return str(error).encode()

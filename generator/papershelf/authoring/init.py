"""`papershelf init`: a new, small reading list that works."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from papershelf import __version__
from papershelf.authoring import entries, schemas
from papershelf.authoring.examples import FileKind
from papershelf.core import files
from papershelf.core.problems import GeneratorError

WORKFLOW: Final = ".github/workflows/site.yml"
_PACKAGE: Final = Path(__file__).parent.parent
_STARTER: Final = Path(__file__).parent / "starter"
_KINDS: Final[Mapping[str, FileKind]] = {
    "site_config.yml": "site_config",
    "content/topics.yml": "topics",
    "content/curation": "curation",
    "content/collections": "collection",
}
# What the workflow of this repository says, and what that of a new list says instead.
_WORKFLOW_CHANGES: Final = (
    ("# A fork needs no secret: only", "# There is no secret to set: only"),
    ("name: Install the locked dependencies", "name: Install Papershelf"),
    ("run: scripts/environment site", "run: pip install -r requirements.txt"),
    ("run: .venv/bin/papershelf", "run: papershelf"),
)


def create(folder: Path) -> None:
    """Write a new reading list into `folder`, which is missing, empty, or a new clone.

    What a killed `init` left there is completed. Raises GeneratorError if anything else but `.git` is there,
    or if the system refuses.
    """
    contents = {name: text.encode() for name, text in starter()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = set(_written(folder, contents))
    except OSError as error:
        raise GeneratorError(f"{error.filename or folder} cannot be made: {error.strerror}") from error
    files.create_all(folder, {name: content for name, content in contents.items() if name not in written})


def _written(folder: Path, contents: Mapping[str, bytes]) -> Iterator[str]:
    """What a killed `init` left in a folder; raises GeneratorError if anything else is there."""
    for top, folders, names in os.walk(folder):
        folders[:] = set(folders) - {".git"}
        for name in (*folders, *names):
            path = Path(top, name)
            if name != ".git" and not name.startswith(files.PARTIAL):
                relative = path.relative_to(folder).as_posix()
                if not _is_ours(path, relative, contents):
                    raise GeneratorError(f"{folder} is not empty: name a new folder")
                yield relative


def _is_ours(path: Path, name: str, contents: Mapping[str, bytes]) -> bool:
    """Whether a new list has a folder of this name, or a file that holds the same."""
    if path.is_symlink():
        return False
    if path.is_dir():
        return any(file.startswith(f"{name}/") for file in contents)
    return path.is_file() and path.read_bytes() == contents.get(name)


def starter() -> Iterator[tuple[str, str]]:
    """Path and text of every file of a new reading list."""
    for path in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        name = path.relative_to(_STARTER).as_posix()
        text = path.read_text(encoding="utf-8")
        if kind := _KINDS.get(name) or _KINDS.get(name.rpartition("/")[0]):
            yield name, f"{entries.header(kind)}\n{text}"
        elif name == "gitignore":  # stored without its dot: it is not about this repository
            yield ".gitignore", text
        elif name == "requirements.txt":
            yield name, text.replace("{version}", __version__)
        else:
            yield name, text
    yield WORKFLOW, workflow(shipped_workflow().read_text(encoding="utf-8"))
    yield from ((f"{schemas.FOLDER}/{name}", text) for name, text in schemas.texts().items())


def shipped_workflow() -> Path:
    """The workflow that builds a site: in the package when installed, else that of this repository."""
    installed = _PACKAGE / "workflows/site.yml"
    return installed if installed.is_file() else _PACKAGE.parent.parent / WORKFLOW


def workflow(text: str) -> str:
    """The workflow of this repository as a new list needs it: Papershelf comes from the package index."""
    for ours, theirs in _WORKFLOW_CHANGES:
        text = text.replace(ours, theirs)
    return text

"""`papershelf init`: a new, small reading list that works."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from papershelf import __version__
from papershelf.authoring import entries, schemas
from papershelf.authoring.examples import Kind
from papershelf.core.problems import GeneratorError

_FILES = Path(__file__).parent / "starter"
_HIDDEN = ("gitignore", "github")  # kept without the dot, so that no tool takes them for this project's own
_KINDS: Mapping[str, Kind] = {
    "site_config.yml": "site_config",
    "content/topics.yml": "topics",
    "content/curation": "curation",
    "content/collections": "collection",
}


def create(folder: Path) -> None:
    """Write a new reading list into `folder`, which is missing, empty, or a fresh clone.

    Raises GeneratorError if anything but `.git` is there, or if the system refuses.
    """
    try:
        if folder.exists() and {path.name for path in folder.iterdir()} - {".git"}:
            raise GeneratorError(f"{folder} is not empty: name a new folder")
        for name, text in files():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise GeneratorError(f"{error.filename or folder} cannot be written: {error.strerror}") from error


def files() -> Iterator[tuple[str, str]]:
    """Path and text of every file of a new reading list."""
    for path in sorted(path for path in _FILES.rglob("*") if path.is_file()):
        name = path.relative_to(_FILES).as_posix()
        text = path.read_text(encoding="utf-8")
        kind = _KINDS.get(name) or _KINDS.get(name.rpartition("/")[0])
        yield _visible(name), f"{entries.header(kind)}\n{text}" if kind else _pinned(name, text)
    yield from ((f"{schemas.FOLDER}/{name}", text) for name, text in schemas.texts().items())


def _visible(name: str) -> str:
    return f".{name}" if name.startswith(_HIDDEN) else name


def _pinned(name: str, text: str) -> str:
    """The version that makes the list is the one that will build it."""
    return text.replace("{version}", __version__) if name == "requirements.txt" else text

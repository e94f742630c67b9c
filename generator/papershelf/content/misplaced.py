"""Files in content/ that are not read, because of their name or their place: what they say would be lost."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from papershelf.core.problems import Location, Problem
from papershelf.core.project import Project
from papershelf.text.similar import closest_word

TOPICS: Final = "topics.yml"
SUFFIXES: Final[Mapping[str, str]] = {
    "papers": ".jsonl",
    "curation": ".yml",
    "collections": ".yml",
    "pages": ".md",
}
"""The folders of content/ that are read, and how the names of their files end."""

_NOT_OURS: Final = frozenset({"assets", "schemas"})
_SPELLINGS: Final[Mapping[str, str]] = {
    ".yaml": ".yml",
    ".json": ".jsonl",
    ".ndjson": ".jsonl",
    ".markdown": ".md",
    ".mdown": ".md",
}
_FOLDERS: Final[Mapping[str, str]] = {".jsonl": "content/papers/", ".md": "content/pages/"}


def misplaced(project: Project) -> Iterator[Problem]:
    """A warning for every file that is not read, with where it belongs, in the order of their paths.

    Left alone are files and folders whose names begin with a dot, README and LICENSE, pictures and schemas.
    """
    content = project.content
    for path in _shown(content):
        if _is_folder(path) and path.name in SUFFIXES:
            for inner in () if path.is_symlink() else _shown(path):
                yield from _in_folder(inner, path.name, project)
        elif _is_folder(path):
            yield from _unknown_folder(path, project) if path.name not in _NOT_OURS else ()
        elif path.name in SUFFIXES:
            yield _warning(path, project, f"content/{path.name} is a folder: give this file another name")
        elif path.name != TOPICS and not _is_about_the_folder(path):
            yield _warning(path, project, _place_of(path))


def _in_folder(path: Path, folder: str, project: Project) -> Iterator[Problem]:
    suffix = SUFFIXES[folder]
    if _is_folder(path) and path.suffix != suffix:
        hint = f"folders inside of content/{folder}/ are not looked into: move it to content/{folder}/"
        yield from (_warning(file, project, hint) for file in _files_below(path))
    elif path.suffix != suffix and not _is_about_the_folder(path):
        yield _warning(path, project, f"only files that end in {suffix} are: rename it")


def _unknown_folder(path: Path, project: Project) -> Iterator[Problem]:
    close = closest_word(path.name, tuple(SUFFIXES))
    for file in _files_below(path):
        yield _warning(file, project, f"move it to content/{close}/" if close else _place_of(file))


def _place_of(path: Path) -> str:
    """Where a file belongs, told by its name."""
    suffix = _ending(path)
    if suffix == ".yml" and closest_word(path.stem.lower(), ("topics",)):
        return f"topics are read from content/{TOPICS}"
    if suffix == ".yml":
        return f"decisions belong in content/curation/, topics in content/{TOPICS}"
    if suffix in _FOLDERS:
        return f"move it to {_FOLDERS[suffix]}"
    return f"content/ holds {TOPICS} and the folders {', '.join(SUFFIXES)} and assets"


def _ending(path: Path) -> str:
    suffix = path.suffix.lower()
    return _SPELLINGS.get(suffix, suffix)


def _is_about_the_folder(path: Path) -> bool:
    return path.stem.upper() in {"README", "LICENSE"}


def _shown(folder: Path) -> list[Path]:
    """What is in a folder and has a name without a dot before it; nothing if it cannot be listed."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file in a folder and in those below it; a link to a folder is not followed."""
    if folder.is_symlink():
        yield folder
        return
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(files) if not name.startswith("."))


def _warning(path: Path, project: Project, hint: str) -> Problem:
    return Problem(Location(path.relative_to(project.root).as_posix()), "is not read", hint, "warning")

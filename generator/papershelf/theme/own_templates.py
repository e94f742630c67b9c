"""A list's own templates: read as data that a pull request can bring."""

import os
import re
import stat
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from papershelf.content.files import read_bytes, read_text
from papershelf.core.printable import in_one_line
from papershelf.core.problems import GeneratorError, Location, Problem
from papershelf.core.project import Project

_TEXT: Final = frozenset({".css", ".html", ".js", ".md", ".yml"})
_ASSETS: Final = "overrides/assets/"
_THEME: Final = "overrides/"
_FILE_NAME: Final = re.compile(rb"[\w.-]+")
_MAX_BYTES: Final = 50_000_000  # fonts and pictures are large


def read(project: Project) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file in the list's `templates/`.

    Raises GeneratorError for a link, for what is no file, for a name that cannot be shown, and for a text
    that is not UTF-8.
    """
    folder = project.templates
    _refuse_link(folder, project)
    if not folder.is_dir():
        return
    for top, folders, names in os.walk(folder, onerror=_fail):
        folders.sort()
        for name in sorted([*folders, *names]):
            path = Path(top, name)
            _refuse_name(path, project)
            _refuse_link(path, project)
            if name in names:
                yield path.relative_to(folder).as_posix(), _content(path, project.root)


def is_of_theme(name: str) -> bool:
    """Whether the renderer runs this template, or may include it in one."""
    return name.startswith(_THEME) and not name.startswith(_ASSETS)


def refuse_for_zensical(names: Iterable[str]) -> None:
    """Raise GeneratorError if the list has own templates of the theme: Zensical has no sandbox."""
    for name in names:
        raise GeneratorError(
            f"templates/{name}: with Zensical, a theme template can read any file on this computer: "
            "build with --renderer mkdocs, or with --plugins if you trust the list"
        )


def unused(
    own: Mapping[str, bytes], known: Container[str], theme: Path, project: Project
) -> Iterator[Problem]:
    """A warning for every own template that nothing uses.

    `known` are the names of the templates that others bring; `theme` is the folder of the renderer's own.
    A template that another one names, or a module of the list's plug-ins, is used.
    """
    named = _named({**own, **dict(_modules(project))})
    for name in sorted(own):
        file = PurePosixPath(name)
        of_theme = name.startswith(_THEME) and (
            file.suffix != ".html" or (theme / name.removeprefix(_THEME)).is_file()
        )
        if name not in known and not of_theme and not file.name.startswith(".") and not named(name):
            hint = "give it the name of one of Papershelf's templates, or remove it"
            yield Problem(Location(f"templates/{name}"), "no page uses this template", hint, "warning")


def _modules(project: Project) -> Iterator[tuple[str, bytes]]:
    """The modules of the list's plug-ins, as text."""
    for path in (project.root / "plugins").glob("*.py"):
        content = read_bytes(path, project.root) if path.is_file() else b""
        yield f"../plugins/{path.name}", b"" if isinstance(content, Problem) else content


def _named(files: Mapping[str, bytes]) -> Callable[[str], bool]:
    """Whether a file other than a template itself has the template's name."""
    words = {name: {*_FILE_NAME.findall(content)} for name, content in files.items()}

    def is_named(template: str) -> bool:
        word = PurePosixPath(template).name.encode()
        return any(word in found for name, found in words.items() if name != template)

    return is_named


def _fail(error: OSError) -> None:
    raise GeneratorError(f"{error.filename} cannot be read: {error.strerror}") from error


def _refuse_name(path: Path, project: Project) -> None:
    if in_one_line(path.name) != path.name:
        at = Location(path.relative_to(project.root).as_posix())
        raise GeneratorError(f"{at}: this name holds a character that cannot be shown: rename the file")


def _refuse_link(path: Path, project: Project) -> None:
    if path.is_symlink():
        at = path.relative_to(project.root).as_posix()
        raise GeneratorError(f"{at}: a symbolic link among templates is not followed: copy the file here")


def _content(path: Path, root: Path) -> bytes:
    at = path.relative_to(root).as_posix()
    if not stat.S_ISREG(path.lstat().st_mode):
        raise GeneratorError(f"{at} is no regular file: remove it")
    if path.suffix in _TEXT:
        text = read_text(path, root)
        read = text if isinstance(text, Problem) else text.encode()
    else:
        read = read_bytes(path, root, _MAX_BYTES)
    if isinstance(read, Problem):
        raise GeneratorError(str(read))
    return read

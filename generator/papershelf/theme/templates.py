"""The templates of a build: a list's own file replaces the shipped one of the same name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

import rcssmin  # type: ignore[import-untyped]
import rjsmin  # type: ignore[import-untyped]

from papershelf.core.problems import GeneratorError
from papershelf.core.project import Project
from papershelf.incremental import fingerprint
from papershelf.incremental.filetree import write_tree

_PACKAGE = Path(__file__).parent.parent
_FORMER_MACROS: Final = "macros.md"  # now a folder
_MINIFIERS: Final = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a build, by their paths: the list's own, or those that come with Papershelf."""

    contents: Mapping[str, bytes]
    key: bytes

    @classmethod
    def read(cls, project: Project, more: Iterable[Path] = ()) -> "Templates":
        """Read them; `more` are folders of plug-ins. Raises GeneratorError if the system refuses."""
        contents = dict(templates(*more, project.templates))
        return cls(contents, fingerprint.of(contents))

    def install(self, work: Path) -> "InstalledTemplates":
        """Write them into a folder below `work`, minified."""
        folder = work / "templates"
        write_tree(folder, minified(self.contents.items()))
        return InstalledTemplates(folder, self.key)


@dataclass(frozen=True, slots=True)
class InstalledTemplates:
    """The templates of a build in a folder; `key` is their fingerprint."""

    folder: Path
    key: bytes


def shipped() -> Path:
    """The folder of the shipped templates: in the installed package, or at the root of a checkout."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "templates"


def templates(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of every template: of ours, over which those of `folders` win, the later the more.

    Raises GeneratorError for a file that cannot be read, and for an own macros.md, which no page imports.
    """
    for folder in folders:
        if (old := folder / _FORMER_MACROS).is_file():
            raise GeneratorError(f"{old} is not used any more: move its macros to {folder / 'macros'}/*.md")
    paths = {
        path.relative_to(folder).as_posix(): path
        for folder in (shipped(), *folders)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    for name, path in paths.items():
        try:
            content = path.read_bytes()
        except OSError as error:
            raise GeneratorError(f"{path} cannot be read: {error.strerror}") from error
        yield name, content


def minified(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Minify the style sheets and scripts among the files."""
    for name, content in files:
        minify = _MINIFIERS.get(PurePosixPath(name).suffix)
        yield name, minify(content.decode()).encode() if minify else content

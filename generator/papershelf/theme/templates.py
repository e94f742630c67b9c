"""The templates of a build: those that come with Papershelf, or the project's own of the same name."""

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
_SPLIT: Final = "macros.md"
_MINIFIERS: Final = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a build, by their paths: the list's own, or those that come with Papershelf."""

    contents: Mapping[str, bytes]
    key: bytes

    @classmethod
    def of(cls, project: Project, more: Iterable[Path] = ()) -> "Templates":
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
    """The templates that come with Papershelf: in the package when installed, beside it in a checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "templates"


def templates(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of every template: of ours, over which those of `folders` win, the later the more.

    Raises GeneratorError if the system refuses to read one, or for one that no page would use any more.
    """
    for folder in folders:
        if (old := folder / _SPLIT).is_file():
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
    """The same files, style sheets and scripts among them without comments and needless white space."""
    for name, content in files:
        minify = _MINIFIERS.get(PurePosixPath(name).suffix)
        yield name, minify(content.decode()).encode() if minify else content

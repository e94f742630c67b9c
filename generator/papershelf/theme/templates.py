"""The templates of a build: a list's own file replaces the shipped one of the same name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

import rcssmin  # type: ignore[import-untyped]
import rjsmin  # type: ignore[import-untyped]

from papershelf.core.problems import GeneratorError, Problem
from papershelf.core.project import Project
from papershelf.incremental import fingerprint
from papershelf.incremental.filetree import write_tree
from papershelf.theme import own_templates
from papershelf.theme.mkdocs import DEFAULT, Renderer, theme_folder

_PACKAGE = Path(__file__).parent.parent
_FORMER_MACROS: Final = "macros.md"  # now a folder
_MINIFIERS: Final = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a build, by their paths: the list's own, or those that come with Papershelf.

    own: the paths of the list's own that differ from ours. problems: warnings about those that nothing uses.
    """

    contents: Mapping[str, bytes]
    key: bytes
    own: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def read(cls, project: Project, more: Iterable[Path] = (), renderer: Renderer = DEFAULT) -> "Templates":
        """Read them; `more` are folders of plug-ins.

        Raises GeneratorError if the system refuses, or for an own file that is not taken.
        """
        others, own = dict(templates(*more)), _own(project)
        contents = others | own
        changed = frozenset(name for name, content in own.items() if others.get(name) != content)
        unused = own_templates.unused(own, others, theme_folder(renderer), project)
        return cls(contents, fingerprint.of(contents), changed, tuple(unused))

    @property
    def of_theme(self) -> tuple[str, ...]:
        """The paths of the list's own templates that the renderer runs."""
        return tuple(sorted(filter(own_templates.is_of_theme, self.own)))

    def install(self, work: Path) -> "InstalledTemplates":
        """Write them into a folder below `work`, minified."""
        folder = work / "templates"
        write_tree(folder, minified(self.contents.items()))
        return InstalledTemplates(folder, self.key, sandboxed=any(name.endswith(".md") for name in self.own))


@dataclass(frozen=True, slots=True)
class InstalledTemplates:
    """The templates of a build in a folder; `key` is their fingerprint.

    sandboxed: whether page templates are the list's own, which a pull request can bring.
    """

    folder: Path
    key: bytes
    sandboxed: bool = False


def shipped() -> Path:
    """The folder of the shipped templates: in the installed package, or at the root of a checkout."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "templates"


def templates(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of every template: of ours, over which those of `folders` win, the later the more.

    Raises GeneratorError for a file that cannot be read.
    """
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


def _own(project: Project) -> dict[str, bytes]:
    """The list's own; raises GeneratorError for a macros.md, which no page imports any more."""
    found = dict(own_templates.read(project))
    if _FORMER_MACROS in found:
        raise GeneratorError(
            f"templates/{_FORMER_MACROS} is not used any more: move its macros to templates/macros/*.md"
        )
    return found


def minified(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Minify the style sheets and scripts among the files."""
    for name, content in files:
        minify = _MINIFIERS.get(PurePosixPath(name).suffix)
        yield name, minify(content.decode()).encode() if minify else content

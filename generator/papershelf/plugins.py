"""Plug-ins: input formats, kinds of pages and exports from others.

An installed package offers them as entry points; a list's own folder `plugins/` holds modules. The modules
run only when the person who builds says so (`--plugins`, PAPERSHELF_PLUGINS=1): a pull request can bring the
folder and any setting in a file, so no file switches code on.
"""

import hashlib
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from papershelf.core.problems import GeneratorError
from papershelf.core.project import Project
from papershelf.exports import Export
from papershelf.pages import PageKind
from papershelf.sources.parsed import Reader

FOLDER: Final = "plugins"
_GROUPS: Final = ("readers", "pages", "exports")


@dataclass(frozen=True, slots=True)
class Plugins:
    """What others add; a list's own come before those of installed packages.

    key: the fingerprint of their code, b"" if there are none.
    """

    readers: tuple[Reader, ...] = ()
    page_kinds: tuple[PageKind, ...] = ()
    exports: tuple[Export, ...] = ()
    key: bytes = b""

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """The folders with the templates of their page kinds."""
        return tuple(dict.fromkeys(kind.templates for kind in self.page_kinds if kind.templates))


def load_plugins(project: Project, *, own: bool) -> Plugins:
    """The plug-ins of installed packages and, if `own` is set, those of the list's folder `plugins/`.

    Raises GeneratorError if one cannot be loaded or is not what its name promises.
    """
    modules = tuple(_own_modules(project.root)) if own else ()
    installed = entry_points()
    found = {group: _sorted(installed.select(group=f"papershelf.{group}")) for group in _GROUPS}
    return Plugins(
        readers=(*_named(modules, "READERS", _is(Reader)), *_loaded(found["readers"], _is(Reader))),
        page_kinds=(*_named(modules, "KINDS", _is(PageKind)), *_loaded(found["pages"], _is(PageKind))),
        exports=(*_named(modules, "EXPORTS", callable), *_loaded(found["exports"], callable)),
        key=_key(modules, [each for points in found.values() for each in points]),
    )


def _own_modules(root: Path) -> Iterator[ModuleType]:
    """The modules of the list's folder, in the order of their names."""
    folder = root / FOLDER
    names = sorted(path.stem for path in folder.glob("*.py")) if folder.is_dir() else []
    if names and str(root) not in sys.path:
        sys.path.append(str(root))  # last, so that a list replaces no module of ours or of Python's
    for name in names:
        yield _import(f"{FOLDER}.{name}", f"{FOLDER}/{name}.py")


def _import(module: str, file: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except Exception as error:
        raise GeneratorError(f"{file} cannot be loaded: {type(error).__name__}: {error}") from error


def _sorted(points: Iterable[EntryPoint]) -> tuple[EntryPoint, ...]:
    return tuple(sorted(points, key=lambda point: point.name))


def _loaded(points: Iterable[EntryPoint], fits: Callable[[Any], bool]) -> Iterator[Any]:
    for point in points:
        owner = point.dist.name if point.dist else point.value
        try:
            value = point.load()
        except Exception as error:
            raise GeneratorError(
                f"the plug-in {point.name} of {owner} cannot be loaded: {type(error).__name__}: {error}"
            ) from error
        if not fits(value):
            raise GeneratorError(f"the plug-in {point.name} of {owner} is no {point.group.partition('.')[2]}")
        yield value


def _named(modules: Iterable[ModuleType], name: str, fits: Callable[[Any], bool]) -> Iterator[Any]:
    """What the modules list under a name."""
    for module in modules:
        for value in getattr(module, name, ()):
            if not fits(value):
                raise GeneratorError(f"{module.__file__}: {name} may not hold {value!r}")
            yield value


def _is(kind: type[object]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, kind)


def _key(modules: Iterable[ModuleType], points: Iterable[EntryPoint]) -> bytes:
    """The fingerprint of the modules' code and of the packages' versions."""
    code = [Path(module.__file__).read_bytes() for module in modules if module.__file__]
    packages = [
        f"{point.group} {point.value} {point.dist and point.dist.version}".encode() for point in points
    ]
    return hashlib.sha256(b"\0".join((*code, *packages))).digest() if code or packages else b""

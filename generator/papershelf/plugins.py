"""Plug-ins: input formats, kinds of pages and exports from others.

An installed package offers them as entry points; a list's own folder `plugins/` holds modules. The modules
run only when the person who builds says so (`--plugins`, PAPERSHELF_PLUGINS=1): a pull request can bring the
folder and any setting in a file, so no file switches code on.
"""

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from papershelf import plugin_calls
from papershelf.core import urls
from papershelf.core.problems import GeneratorError
from papershelf.core.project import Project
from papershelf.exports import Export
from papershelf.incremental import fingerprint
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
    readers = (*_named(modules, "READERS", _is_reader), *_loaded(found["readers"], _is_reader))
    page_kinds = (*_named(modules, "KINDS", _is_page_kind), *_loaded(found["pages"], _is_page_kind))
    exports = (*_named(modules, "EXPORTS", callable), *_loaded(found["exports"], callable))
    return Plugins(
        readers=tuple(plugin_calls.reader(owner, each) for owner, each in readers),
        page_kinds=tuple(plugin_calls.page_kind(owner, each) for owner, each in page_kinds),
        exports=tuple(plugin_calls.export(owner, each) for owner, each in exports),
        key=_key(
            project.root / FOLDER if modules else None, [each for points in found.values() for each in points]
        ),
    )


def _own_modules(root: Path) -> Iterator[ModuleType]:
    """The modules of the list's folder, in the order of their names."""
    folder = root / FOLDER
    names = sorted(path.stem for path in folder.glob("*.py") if not path.name.startswith((".", "__")))
    if names:
        _make_importable(folder)
    for name in names:
        yield _import(f"{FOLDER}.{name}", f"{FOLDER}/{name}.py")


def _make_importable(folder: Path) -> None:
    """Have Python find the folder as the package `plugins`; raises GeneratorError if it finds another."""
    if str(folder.parent) not in sys.path:
        sys.path.append(str(folder.parent))  # last, so that a list replaces no module of ours or of Python's
    found = importlib.util.find_spec(FOLDER)
    places = [Path(place).resolve() for place in (found and found.submodule_search_locations) or ()]
    if {*places} != {folder.resolve()}:
        found_there = ", ".join(map(str, places)) or (found and found.origin)
        raise GeneratorError(
            f"{folder}: Python finds another package of this name ({found_there}): "
            "build from the list's own folder"
        )


def _import(module: str, file: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except (Exception, SystemExit) as error:
        raise GeneratorError(f"{file} cannot be loaded: {type(error).__name__}: {error}") from error


def _sorted(points: Iterable[EntryPoint]) -> tuple[EntryPoint, ...]:
    return tuple(sorted(points, key=lambda point: point.name))


def _loaded(points: Iterable[EntryPoint], fits: Callable[[Any], bool]) -> Iterator[tuple[str, Any]]:
    """What packages offer, after the name of each for messages."""
    for point in points:
        owner = f"the plug-in {point.name} of {point.dist.name if point.dist else point.value}"
        try:
            value = point.load()
        except (Exception, SystemExit) as error:
            raise GeneratorError(f"{owner} cannot be loaded: {type(error).__name__}: {error}") from error
        if not fits(value):
            raise GeneratorError(f"{owner} is no {point.group.partition('.')[2]}")
        yield owner, value


def _named(
    modules: Iterable[ModuleType], name: str, fits: Callable[[Any], bool]
) -> Iterator[tuple[str, Any]]:
    """What the modules list under a name, each after its module's file."""
    for module in modules:
        file = f"{FOLDER}/{Path(str(module.__file__)).name}"
        values = getattr(module, name, ())
        if not isinstance(values, list | tuple):
            raise GeneratorError(f"{file}: {name} must be a list, not {values!r}")
        for value in values:
            if not fits(value):
                raise GeneratorError(f"{file}: {name} may not hold {value!r}")
            yield file, value


def _is_reader(value: object) -> bool:
    return isinstance(value, Reader) and callable(value.mismatch) and callable(value.read)


def _is_page_kind(value: object) -> bool:
    return isinstance(value, PageKind) and callable(value.plan) and value.segment not in urls.RESERVED


def _key(folder: Path | None, points: Iterable[EntryPoint]) -> bytes:
    """The fingerprint of all files in a list's folder of modules, and of the packages' versions."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
    code = [
        part
        for path in files
        if folder and "__pycache__" not in path.parts
        for part in (os.fsencode(path.relative_to(folder)), path.read_bytes())
    ]
    packages = [
        f"{point.group} {point.value} {point.dist and point.dist.version}".encode() for point in points
    ]
    return fingerprint.digest(*code, b"", *packages) if code or packages else b""

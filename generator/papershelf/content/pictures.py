"""The list's logo: a still picture that is what its name says, and holds and loads nothing else."""

import os
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.parsers import expat

from papershelf.content.files import read_bytes
from papershelf.core.problems import Location, Problem
from papershelf.core.project import Project

MAX_BYTES: Final = 1_000_000
_STARTS: Final = {
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_SVG: Final = "http://www.w3.org/2000/svg"
_DRAWING: Final = frozenset(
    {
        *("circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix"),
        *("feComponentTransfer", "feComposite", "feDropShadow", "feFlood", "feFuncA", "feFuncB"),
        *("feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset"),
        *("feTurbulence", "filter", "g", "image", "line", "linearGradient", "marker", "mask"),
        *("metadata", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop"),
        *("style", "svg", "switch", "symbol", "text", "textPath", "title", "tspan", "use", "view"),
    }
)
_OF_EDITORS: Final = (
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/",
    "http://sodipodi.sourceforge.net/",
    "http://www.inkscape.org/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
_CURE: Final = "export it as plain SVG, or as PNG"
_TARGET = re.compile(r"#[^\s]*|data:image/(?:png|jpeg|webp);base64,[A-Za-z0-9+/=\s]*")
_LOADING = re.compile(r"\\|@import|url\(\s*+(?!['\"]?#)|image-set|src\(", re.IGNORECASE)


def read_logo(project: Project, name: str, at: Location) -> bytes | Problem:
    """The picture in content/assets, or what is wrong with it; `at` is where the settings name it."""
    path = project.content / "assets" / name
    file = path.relative_to(project.root).as_posix()
    if not os.path.lexists(path):
        return Problem(at, f"logo: there is no {file}", "put the picture there or remove this line")
    content = read_bytes(path, project.root)
    if isinstance(content, Problem):
        return content
    if len(content) > MAX_BYTES:
        hint = f"a logo has at most {MAX_BYTES / 1e6:.0f} MB: make it smaller"
        return Problem(Location(file), f"{len(content) / 1e6:.1f} MB is too large", hint)
    return (_in_svg(content, file) if path.suffix == ".svg" else _by_name(content, path, file)) or content


def _by_name(content: bytes, path: Path, file: str) -> Problem | None:
    suffix = path.suffix
    if _STARTS[suffix].match(content):
        return None
    return Problem(Location(file), f"this is no {suffix} picture", "save it as one, or rename it")


def _in_svg(content: bytes, file: str) -> Problem | None:
    """The first thing in an SVG that is no still drawing."""
    reader = _Reader(expat.ParserCreate("utf-8", " "))
    try:
        content.decode()
        reader.parser.ParseFile(BytesIO(content))
    except UnicodeDecodeError:
        return Problem(Location(file), "this SVG is not UTF-8", _CURE)
    except expat.ExpatError as error:
        at = Location(file, error.lineno, error.offset + 1)
        return Problem(at, f"this is no SVG: {expat.ErrorString(error.code)}", _CURE)
    except _RefusedError as error:
        at = Location(file, reader.parser.CurrentLineNumber, reader.parser.CurrentColumnNumber + 1)
        return Problem(at, str(error), _CURE)
    return None


class _RefusedError(Exception):
    """Something that a logo may not hold."""


class _Reader:
    """Raises _RefusedError where the parser meets something that could run, load or hide something."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self._is_root = True
        self._style: list[str] = []
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._style.append
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        parser.ProcessingInstructionHandler = self._instruction

    def _start(self, element: str, attributes: Mapping[str, str]) -> None:
        space, _, name = element.rpartition(" ")
        if self._is_root and element != f"{_SVG} svg":
            raise _RefusedError(f"an SVG begins with <svg xmlns={_SVG!r}>")
        if not (space == _SVG and name in _DRAWING) and not space.startswith(_OF_EDITORS):
            raise _RefusedError(f"a logo may not hold <{name}>")
        for attribute, value in attributes.items():
            _check_attribute(attribute.rpartition(" ")[2], value)
        self._is_root = False
        self._style.clear()

    def _end(self, element: str) -> None:
        style = "".join(self._style)
        if element == f"{_SVG} style" and (_LOADING.search(style) or "//" in style):
            raise _RefusedError("a logo's style may not load anything")
        self._style.clear()

    def _doctype(self, *_: object) -> None:
        raise _RefusedError("a logo may have no DOCTYPE and no entities")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":
            raise _RefusedError(f"a logo is UTF-8, not {encoding}")

    def _instruction(self, target: str, _data: str) -> None:
        raise _RefusedError(f"a logo may hold no instruction <?{target}")


def _check_attribute(name: str, value: str) -> None:
    if name.lower().startswith("on"):
        raise _RefusedError(f"a logo may not have the event handler {name}")
    if name in {"base", "src"} or (name == "href" and not _TARGET.fullmatch(value.strip())):
        raise _RefusedError(f"a logo may not load or link to {value[:80]!r}")
    if _LOADING.search(value) or (name == "style" and "//" in value):
        raise _RefusedError(f"a logo may not load anything, as its {name} does")

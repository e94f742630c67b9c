"""Problems as JSON for programs, and as annotations for GitHub."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from types import MappingProxyType

from papershelf.core.printable import printable
from papershelf.core.problems import Problem


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects: file, line, column (0 if none), severity, message, hint."""
    rows = [
        {**asdict(problem.at), "severity": problem.severity, "message": problem.message, "hint": problem.hint}
        for problem in problems
    ]
    return _encodable(json.dumps(rows, ensure_ascii=False, indent=2))


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands, which GitHub shows at the right line of a pull request."""
    return "\n".join(_annotation(problem) for problem in problems)


FORMATS: Mapping[str, Callable[[Iterable[Problem]], str]] = MappingProxyType(
    {"json": as_json, "github": as_github}
)


def _annotation(problem: Problem) -> str:
    place = {"file": problem.at.file, "line": problem.at.line, "col": problem.at.column}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items() if value)
    words = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    return f"::{problem.severity} {properties}::{_data(words)}"


def _encodable(text: str) -> str:
    """The text with escapes for what names of files that are no UTF-8 leave in it; JSON reads them."""
    return text.encode("utf-8", "backslashreplace").decode()


def _data(text: str) -> str:
    """The text in one line, as GitHub decodes it; what would steer a terminal is spelled out."""
    return "%0A".join(printable(line).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

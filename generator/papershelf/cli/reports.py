"""Problems as text for people, JSON for programs, and annotations for GitHub."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Literal

from papershelf.core.problems import Problem

Format = Literal["text", "json", "github"]


def as_text(problems: Iterable[Problem]) -> str:
    """One line each: `file:line:column: message (hint)`."""
    return "\n".join(str(problem) for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects: file, line, column (0 if none), severity, message, hint."""
    rows = [
        {**asdict(problem.at), "severity": problem.severity, "message": problem.message, "hint": problem.hint}
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands, which GitHub shows at the right line of a pull request."""
    return "\n".join(_annotation(problem) for problem in problems)


FORMATS: Mapping[Format, Callable[[Iterable[Problem]], str]] = MappingProxyType(
    {"text": as_text, "json": as_json, "github": as_github}
)


def _annotation(problem: Problem) -> str:
    place = {"file": problem.at.file, "line": problem.at.line, "col": problem.at.column}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items() if value)
    words = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    return f"::{problem.severity} {properties}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

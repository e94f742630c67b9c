"""Problems as text for people, JSON for programs, and annotations for GitHub."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Final, Literal

from papershelf.core.problems import Problem

Format = Literal["text", "json", "github"]
_INVISIBLE: Final = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def as_text(problems: Iterable[Problem]) -> str:
    """One line each: `file:line:column: message (hint)`."""
    return "\n".join(str(problem) for problem in problems)


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


FORMATS: Mapping[Format, Callable[[Iterable[Problem]], str]] = MappingProxyType(
    {"text": as_text, "json": as_json, "github": as_github}
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
    text = _INVISIBLE.sub(lambda sign: ascii(sign[0])[1:-1], text)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

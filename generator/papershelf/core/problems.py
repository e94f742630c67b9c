"""Errors: a mistake in the content is a `Problem`, a value; a failure of the environment is an exception."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from papershelf.core.printable import in_one_line


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a content file: path relative to the project; line and column from 1, 0 if unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([in_one_line(self.file), *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One mistake in the content: where it is, what is wrong, and a hint how to fix it."""

    at: Location
    message: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        severity = "warning: " if self.severity == "warning" else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.at}: {severity}{self.message}{hint}"


class InvalidValueError(ValueError):
    """What is wrong with a value, as words that follow it, and the cure."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure


class GeneratorError(Exception):
    """The environment prevents the work: a permission, a missing tool, an option without meaning."""


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error rather than a warning."""
    return any(problem.severity == "error" for problem in problems)

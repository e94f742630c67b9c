"""How mistakes are spoken of: content mistakes are values, environment failures are exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a content file: file relative to the project, line and column from 1, 0 if none."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])

    def __reduce__(self) -> tuple[type["Location"], tuple[str, int, int]]:
        """For pickling thousands, which the way of dataclasses takes twice as long for."""
        return Location, (self.file, self.line, self.column)


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One mistake in content, with its place and its cure."""

    at: Location
    message: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        kind = "warning: " if self.severity == "warning" else ""
        cure = f" ({self.hint})" if self.hint else ""
        return f"{self.at}: {kind}{self.message}{cure}"

    def __reduce__(self) -> tuple[type["Problem"], tuple[Location, str, str, str]]:
        """For pickling, like that of a location."""
        return Problem, (self.at, self.message, self.hint, self.severity)


class GeneratorError(Exception):
    """The environment does not let Papershelf do its work (permission, missing tool)."""


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything worse than a warning is among the problems."""
    return any(problem.severity == "error" for problem in problems)

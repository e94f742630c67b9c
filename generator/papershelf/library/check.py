"""Read and join everything, and say what is wrong with it."""

from dataclasses import dataclass

from papershelf.content.reader import Content, read_content
from papershelf.core.problems import Problem, has_errors
from papershelf.core.project import Project
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library import redirects
from papershelf.library.library import Library, build_library


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read: the content and the library made of it, and all problems, sorted by place."""

    content: Content
    library: Library
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Content that no site can be made of; an error is among the problems, which are sorted by place."""

    problems: tuple[Problem, ...]


def check(project: Project, cache: Cache, workers: Workers) -> Checked | Failed:
    """Read everything and join it; nothing is published.

    Raises GeneratorError if the system refuses to read a file.
    """
    content, problems = read_content(project, cache)
    if content is None:
        return Failed(tuple(sorted(problems)))
    library, found = build_library(content, cache, workers)
    problems = sorted([*problems, *found, *redirects.problems(library)])
    if has_errors(problems):
        return Failed(tuple(problems))
    return Checked(content, library, tuple(problems))

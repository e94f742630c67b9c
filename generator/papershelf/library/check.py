"""Read and join everything, and say what is wrong with it."""

from functools import partial

from papershelf.content.reader import Content, read_content
from papershelf.content.records import ReadRecords, read_records
from papershelf.core.problems import Problem
from papershelf.core.project import Project
from papershelf.library import classify, redirects
from papershelf.library.library import Library, gather, shelve
from papershelf.library.merge import Merge, merge


def check(
    project: Project,
    *,
    keep: bool = False,
    read: ReadRecords = read_records,
    join: Merge = merge,
    parallel: bool = True,
) -> tuple[Content | None, Library | None, list[Problem]]:
    """Read and join everything, publish nothing; the problems are sorted by place.

    `keep` tells whether to remember for the next time what took long. `read` and `join` do what
    `read_records` and `merge` do, perhaps with what they know already. `parallel` tells whether other
    processes may help.
    """
    content, problems = read_content(project, read)
    if content is None:
        return None, None, sorted(problems)
    sort = partial(classify.remembering, project.memory, keep=keep, parallel=parallel)
    library, found = shelve(content, gather(content, join), sort)
    return content, library, sorted([*problems, *found, *redirects.problems(library)])

"""The pages as the content says now, each printed when it is asked for."""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from jinja2 import Environment

from papershelf import exports, pages
from papershelf.content.config import publishes_markdown
from papershelf.content.records import ReadFile, ReadRecords, RecordFile, read_file, read_records
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.core.problems import Problem, has_errors
from papershelf.core.project import Project
from papershelf.incremental.filetree import Stamp, stamp
from papershelf.incremental.output import Output
from papershelf.library import relating
from papershelf.library.check import check
from papershelf.library.library import Library
from papershelf.library.merge import Merge, merge
from papershelf.library.relating import Found
from papershelf.plan import Prepared, prepare, stock
from papershelf.render import pages as rendering
from papershelf.render import templates as render
from papershelf.theme import templates as overlay
from papershelf.views.context import PageOutput

FOLDER: Final = "serve"  # below the project's build/: a build that runs meanwhile has its own


@dataclass(frozen=True)
class Proof:
    """A site of which no page is printed yet.

    pages: by the names of their files. gone: files of pages that an earlier proof had. final: whether
    nothing in the pages is left as it was until a build has found out more.
    """

    ready: Prepared
    pages: Mapping[str, PageOutput]
    environment: Environment
    gone: frozenset[str]
    final: bool

    def file(self, name: str) -> bytes | None:
        """A page or a file of the theme; None for anything else. Raises GeneratorError for a bad template."""
        if name in self.pages:
            return (
                rendering.render_page(self.pages[name], self.ready.page_renderer, self.environment)
                .files[name]
                .encode()
            )
        return self.ready.files.get(name)

    def export(self, name: str) -> bytes | None:
        """A file beside the pages, made anew, which may take long; None for anything else."""
        output = self._artifacts.get(name)
        return output.content() if output else None

    @cached_property
    def _artifacts(self) -> Mapping[str, Output[bytes]]:
        ready = self.ready
        planned = exports.plan(
            exports.Published(ready.context, ready.drafts, ready.epoch, exports.pieces(ready.context))
        )
        return {output.path: output for output in planned}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where proofs are made, with what is known from the last time at hand."""

    project: Project
    read: ReadRecords
    join: Merge

    def proof(self, before: Proof | None, *, parallel: bool) -> tuple[Proof | None, list[Problem]]:
        """Read the content as it is; no proof if it holds a mistake.

        `parallel` tells whether other processes may help, which is not safe where threads run.
        Raises GeneratorError if the environment or a template does not allow it.
        """
        content, library, problems = check(
            self.project, keep=True, read=self.read, join=self.join, parallel=parallel
        )
        if content is None or library is None or has_errors(problems):
            return None, problems
        related = relating.recall(self.project.memory, library.papers.values())
        near = _still_related(before, library) if related is None else related
        own, work = dict(overlay.templates(self.project.templates)), self.project.build / FOLDER
        context = stock(content, library, own, lambda: near, work=work)
        ready, complaints = prepare(
            context, pages.overviews(context), own, content.logo, work=work, store=self.project.memory
        )
        if ready is None:
            return None, sorted([*problems, *complaints])
        return _proof(ready, before, final=related is not None), problems


def desk(project: Project) -> Desk:
    """A desk that has everything still to learn."""
    read = _remembering_files(read_file)
    return Desk(project, lambda content: read_records(content, read), _remembering_merge(merge))


def _still_related(before: Proof | None, library: Library) -> Found:
    """What was related before, of the papers that are still there: finding it anew takes seconds."""
    known = before.ready.context.related() if before else {}
    return {name: near.among(library.papers) for name, near in known.items()}


def _proof(ready: Prepared, before: Proof | None, *, final: bool) -> Proof:
    pages = {name: draft for draft in ready.drafts for name in _names(draft, ready)}
    gone = before.gone.union(before.pages, before.ready.files) if before else frozenset[str]()
    gone -= pages.keys() | ready.files.keys()
    if before and before.ready.templates == ready.templates:
        return Proof(ready, pages, before.environment, gone, final)
    environment = render.environment(ready.page_renderer.templates, ready.page_renderer.words)
    render.compile_all(environment)
    return Proof(ready, pages, environment, gone, final)


def _names(draft: PageOutput, ready: Prepared) -> Sequence[str]:
    html = urls.html(draft.path)
    return (html, draft.path) if publishes_markdown(ready.page_renderer.markdown, draft.path) else (html,)


def _remembering_files(read: ReadFile) -> ReadFile:
    """`read`, but for files that are as they were the last time."""
    known: dict[Path, tuple[Stamp, tuple[RecordFile | None, list[Problem]]]] = {}

    def read_again(path: Path, root: Path) -> tuple[RecordFile | None, list[Problem]]:
        try:
            there = stamp(path.stat())
        except OSError:  # gone, or not ours to look at: reading tells
            return read(path, root)
        if path not in known or known[path][0] != there:
            known[path] = there, read(path, root)
        return known[path][1]

    return read_again


def _remembering_merge(join: Merge) -> Merge:
    """`join`, but for the very files that it was last given."""
    last: list[tuple[Sequence[RecordFile], Mapping[str, str], tuple[Paper, ...]]] = []

    def join_again(files: Sequence[RecordFile], same: Mapping[str, str]) -> tuple[Paper, ...]:
        for known, known_same, papers in last:
            if len(known) == len(files) and all(map(operator.is_, known, files)) and known_same == same:
                return papers
        papers = join(files, same)
        last[:] = [*last[-1:], (files, same, papers)]
        return papers

    return join_again

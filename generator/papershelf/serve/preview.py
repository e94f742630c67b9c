"""The pages as the content says now, each rendered when it is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from jinja2 import Environment

from papershelf import exports, pages
from papershelf.content.config import publishes_markdown
from papershelf.core import urls
from papershelf.core.problems import Problem
from papershelf.core.project import Project
from papershelf.incremental import fingerprint, own_folders
from papershelf.incremental.cache import Cache
from papershelf.incremental.output import Output
from papershelf.incremental.workers import Workers
from papershelf.library import related
from papershelf.library.check import Failed, check
from papershelf.library.library import Library
from papershelf.library.related import RelatedPapers
from papershelf.plan import BuildOptions, PagePlan, Setup, plan_pages, site_context
from papershelf.render import templates
from papershelf.views.context import PageOutput

FOLDER: Final = "serve"  # below the project's build/: a build that runs at the same time has its own


@dataclass(frozen=True)
class Preview:
    """A site of which no page is rendered yet.

    pages: by the names of their files. removed: files of pages that an earlier preview had.
    final: False while related papers are those of an earlier preview, until a build has computed them.
    """

    setup: Setup
    plan: PagePlan
    pages: Mapping[str, PageOutput]
    environment: Environment
    removed: frozenset[str]
    final: bool

    def file(self, name: str) -> bytes | None:
        """A page or a file of the theme; None for anything else. Raises GeneratorError for a bad template."""
        if name in self.pages:
            return self.plan.renderer.render_page(self.pages[name], self.environment).contents[name]
        return self.plan.files.get(name)

    def export(self, name: str) -> bytes | None:
        """An export, made on demand, which may take long; None for anything else."""
        output = self._exports.get(name)
        return output.content() if output else None

    @cached_property
    def _exports(self) -> Mapping[str, Output[bytes]]:
        context = self.plan.context
        papers = tuple(context.library.papers.values())
        known = fingerprint.by_identity(papers, fingerprint.each(papers))
        formats = exports.paper_formats(context, known, Cache.in_memory(), Workers.serial)
        commit = self.setup.checkout.commit
        published = exports.Published(context, self.plan.outputs, self.plan.epoch, formats, commit)
        planned = exports.plan(published, self.setup.plugins.exports)
        return {output.path: output for output in planned}


@dataclass(frozen=True, slots=True)
class Previewer:
    """What makes previews of a project.

    cache: keeps in memory what did not change since the last one. work: a private folder.
    """

    project: Project
    options: BuildOptions
    cache: Cache
    work: Path

    def preview(self, before: Preview | None, workers: Workers) -> tuple[Preview | None, list[Problem]]:
        """Read the content as it is; no preview if it holds a mistake.

        Other processes are not safe where threads run: then `workers` are `Workers.serial`.
        Raises GeneratorError if the environment or a template does not allow it.
        """
        own_folders.claim(self.project.build)  # again, as it may be removed at any time
        checked = check(self.project, self.cache, workers)
        if isinstance(checked, Failed):
            return None, list(checked.problems)
        known = related.load(checked.library.papers.values(), self.cache)
        near = _still_related(before, checked.library) if known is None else known
        setup = Setup.load(self.project, self.options)
        installed = setup.templates.install(self.work)
        context = site_context(checked, installed.folder, setup, lambda: near)
        overviews = pages.overviews(context, setup.plugins.page_kinds)
        planned = plan_pages(context, overviews, installed, setup, self.cache)
        if isinstance(planned, Failed):
            return None, sorted([*checked.problems, *planned.problems])
        problems = sorted([*checked.problems, *setup.templates.problems])
        return _preview(setup, planned, before, final=known is not None), problems


def _still_related(before: Preview | None, library: Library) -> RelatedPapers:
    """What was related before, of the papers that are still there: computing it again takes seconds."""
    known = before.plan.context.related() if before else {}
    return {name: near.among(library.papers) for name, near in known.items()}


def _preview(setup: Setup, planned: PagePlan, before: Preview | None, *, final: bool) -> Preview:
    outputs = {name: output for output in planned.outputs for name in _names(output, planned)}
    removed = before.removed.union(before.pages, before.plan.files) if before else frozenset[str]()
    removed -= outputs.keys() | planned.files.keys()
    if before and before.plan.templates == planned.templates:
        return Preview(setup, planned, outputs, before.environment, removed, final)
    environment = planned.renderer.environment()
    templates.compile_all(environment)
    return Preview(setup, planned, outputs, environment, removed, final)


def _names(output: PageOutput, planned: PagePlan) -> Sequence[str]:
    html = urls.html(output.path)
    return (html, output.path) if publishes_markdown(planned.renderer.markdown, output.path) else (html,)

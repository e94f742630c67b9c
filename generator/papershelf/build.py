"""The story of a build, top to bottom: read this first."""

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from papershelf import linkcheck, search
from papershelf.core import urls
from papershelf.core.problems import Problem, has_errors
from papershelf.core.project import Project
from papershelf.incremental import garbage, inputs
from papershelf.incremental.cache import Cache
from papershelf.incremental.site import Site
from papershelf.incremental.workers import Workers
from papershelf.library.check import Checked, Failed, check
from papershelf.plan import BuildOptions, Plan, Setup, planning
from papershelf.theme import mkdocs

STEPS: Final = ("Reading content", "Framing pages", "Writing {} pages", "Indexing for search")
_READING, _FRAMING, _WRITING, _INDEXING = STEPS
Announce = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build came to: problems (with an error among them nothing was published) and counts.

    rendered: pages that were rendered again. written: outputs in which the published site changed.
    """

    problems: tuple[Problem, ...]
    papers: int = 0
    pages: int = 0
    rendered: int = 0
    written: int = 0
    searchable: int = 0

    @property
    def failed(self) -> bool:
        """Whether the site was left as it was."""
        return has_errors(self.problems)


def build(project: Project, announce: Announce, options: BuildOptions = BuildOptions()) -> Report:
    """Build the site and publish it when it is whole; with any error in content the published one stays.

    `announce` is called with the steps, in the order of `STEPS`. Raises GeneratorError if the environment
    does not allow it.
    """
    cache, workers = Cache(project.cache), Workers()
    with Site.open(project, cache, workers) as site:
        announce(_READING)
        setup = Setup.load(project, options)
        build_key = _build_key(project, setup)
        last = cache.load("report", build_key, Report)
        if last and site.is_whole():
            return replace(last, rendered=0, written=0)
        checked = check(project, cache, workers)
        checked = replace(checked, problems=tuple(sorted([*checked.problems, *setup.templates.problems])))
        if isinstance(checked, Failed):
            return Report(checked.problems)
        announce(_FRAMING)
        with site.scan(), planning(project, site, checked, setup) as plan:
            if isinstance(plan, Failed):
                return Report(tuple(sorted([*checked.problems, *plan.problems])))
            report = _publish(site, plan, checked, announce)
        if not report.failed:
            cache.store("report", build_key, report)
        return report


def _build_key(project: Project, setup: Setup) -> bytes:
    """The fingerprint of everything that the site depends on."""
    given = (setup.options.repository, setup.options.url, setup.epoch, setup.checkout)
    versions = inputs.versions(mkdocs.DISTRIBUTIONS[setup.options.renderer])
    return inputs.key(project, setup.templates.key, setup.plugins.key, repr(given).encode(), *versions)


def _publish(site: Site, plan: Plan, checked: Checked, announce: Announce) -> Report:
    """Render what changed, check the links, index for the search, and exchange the site."""
    report = Report(
        checked.problems,
        papers=len(checked.library.papers),
        pages=len(plan.pages.outputs),
        searchable=len(plan.index.documents),
    )
    garbage.keep(checked, plan, site)
    announce(_WRITING.format(report.pages))
    if site.is_current(plan.keys):
        return report
    site.seed(plan.keys)
    rendered = site.write(plan.pages)
    site.write_files(plan.files)
    site.write(plan.exports)
    links = {page: entry.links for page, entry in site.entries.items()}
    if broken := [*linkcheck.broken(links, links, plan.free_pages, partial(_ids, site.staged))]:
        return Report(tuple(sorted([*report.problems, *broken])))
    announce(_INDEXING)
    search.index(site.staged, plan.index)
    return replace(report, rendered=rendered, written=site.publish(plan.keys))


def _ids(site: Path, page: str) -> Container[str]:
    return linkcheck.ids((site / urls.html(page)).read_text(encoding="utf-8"))

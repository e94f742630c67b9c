"""The story of a build, top to bottom: read this first."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from papershelf import citations, exports, linkcheck, pages, search
from papershelf.core import git, urls
from papershelf.core.problems import Problem, has_errors
from papershelf.core.project import Project
from papershelf.incremental import cache, fingerprint, inputs, lasting, manifest, staging, workers
from papershelf.incremental.output import Output
from papershelf.library import relating
from papershelf.library.check import check
from papershelf.plan import EPOCH_VARIABLE, Prepared, prepare, stock
from papershelf.render import pages as rendering
from papershelf.theme import mkdocs
from papershelf.theme import templates as overlay

Announce = Callable[[str], None]

_FEW: Final = 5000


@dataclass(frozen=True, slots=True)
class Report:
    """What a build came to: problems (with an error among them nothing was published) and counts.

    rendered: pages that were made anew. written: pages and files in which the published site changed.
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


def build(
    project: Project,
    announce: Announce,
    repository: str | None = None,
    renderer: mkdocs.Renderer = mkdocs.DEFAULT,
) -> Report:
    """Make the site and put it in place when it is whole; with any error in content the old one stays.

    `announce` hears what is being done; `renderer` frames the pages; `repository` is the address of the one
    that builds, for settings that do not name theirs. Raises GeneratorError if the environment does not
    allow it.
    """
    with staging.staging(project.build, project.site) as fresh:
        announce("Reading content")
        own = dict(overlay.templates(project.templates))
        look = fingerprint.of(own)
        commit = git.commit(project.root)
        given = f"{repository} {os.environ.get(EPOCH_VARIABLE)} {commit}".encode()
        everything = inputs.key(project, look, given, *cache.versions(mkdocs.DISTRIBUTIONS[renderer]))
        published = manifest.recall(project.site, project.memory) or manifest.recognise(
            project.site, project.memory
        )
        last: Report | None = cache.recall(project.memory, "report", everything)
        if last and manifest.is_whole(project.site, published):
            return replace(last, rendered=0, written=0)

        wanted = _Wanted(project, own, commit, repository, renderer)
        with manifest.starting(fresh, project.spare, project.site, published) as start:
            report = _made(wanted, start, announce)
        if not report.failed:
            cache.remember(project.memory, "report", everything, report)
    return report


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What shall be built; `templates` has every one by its path, the project's own or Papershelf's."""

    project: Project
    templates: Mapping[str, bytes]
    commit: str
    repository: str | None
    renderer: mkdocs.Renderer


def _made(wanted: _Wanted, start: manifest.Start, announce: Announce) -> Report:
    """Read, plan and print."""
    project, templates = wanted.project, wanted.templates
    content, library, problems = check(project, keep=True)
    if content is None or library is None or has_errors(problems):
        return Report(tuple(problems))

    announce("Framing pages")
    work, store, papers = project.build, project.memory, tuple(library.papers.values())
    with (
        workers.background_if_large(fingerprint.each, papers, min_parallel=_FEW) as marks,
        workers.background_if_large(citations.keys, papers, min_parallel=_FEW) as cited,
        relating.background(store, papers) as near,
    ):
        context = stock(content, library, templates, near, cited, work=work, repository=wanted.repository)
        overviews, findable, language = (
            pages.overviews(context),
            search.plan(context),
            context.config.language,
        )
        known = fingerprint.by_identity(papers, marks())
        found_by = fingerprint.of_inputs(findable, known)
        indexing = (findable, found_by, language, work / "search")
        with workers.background(search.ahead, indexing, low_priority=False) as indexed_ahead:
            ready, complaints = prepare(
                context, overviews, templates, content.logo, work=work, store=store, renderer=wanted.renderer
            )
            if ready is None:
                return Report(tuple(sorted([*problems, *complaints])))

            announce(f"Writing {len(ready.drafts)} pages")
            pieces = exports.pieces(context, store, known)
            outputs = exports.plan(
                exports.Published(context, ready.drafts, ready.epoch, pieces, wanted.commit)
            )
            made_from = found_by | fingerprint.of_inputs((*ready.drafts, *outputs), known)
            counts = Report(tuple(problems), len(papers), len(ready.drafts), searchable=len(findable))
            plan = _Plan(ready, outputs, findable, made_from, counts)
            lasting.keep(content, library, pieces, plan)
            return _printed(plan, indexed_ahead, project, start, announce)


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that the site shall hold; `made_from` stands for the inputs of each thing, by its path."""

    ready: Prepared
    outputs: Sequence[Output[bytes]]
    findable: Sequence[Output[search.SearchDocument]]
    made_from: Mapping[str, bytes]
    counts: Report


def _printed(
    plan: _Plan,
    indexed_ahead: Callable[[], None],
    project: Project,
    start: manifest.Start,
    announce: Announce,
) -> Report:
    """Print what is not printed yet, check the links, index, and put the site in place."""
    ready, made_from, published = plan.ready, plan.made_from, start.published
    keys = (
        rendering.keys(ready.drafts, made_from, ready.page_renderer, ready.templates)
        | exports.keys(plan.outputs, made_from, cache.program())
        | manifest.keys(ready.files)
        | {
            manifest.SEARCH: fingerprint.digest(
                cache.program(), *(made_from[each.path] for each in plan.findable)
            )
        }
    )
    if manifest.has_all(published, keys) and manifest.is_whole(project.site, published):
        return plan.counts
    there = manifest.begin(start, keys)
    missing = [draft for draft in ready.drafts if draft.path not in there]
    entries = there | rendering.rendering(missing, ready.page_renderer, keys, start.fresh)
    entries |= manifest.write_files(start.fresh, ready.files, there)
    entries |= exports.write([each for each in plan.outputs if each.path not in there], keys, start.fresh)
    by_hand = {urls.free(page.name): page for page in ready.context.free_pages}
    if broken := [*linkcheck.broken(entries, by_hand, start.fresh)]:
        return Report(tuple(sorted([*plan.counts.problems, *broken])))
    announce("Indexing for search")
    indexed_ahead()
    language = ready.context.config.language
    search.index(start.fresh, plan.findable, made_from, language, project.build / "search")
    manifest.remember(
        start.fresh, project.memory, entries | {manifest.SEARCH: manifest.Entry(keys[manifest.SEARCH], ())}
    )
    staging.swap(start.fresh, project.site)
    manifest.put_aside(start, project.memory)
    lasting.keep(keys, entries, published)
    changed = {name for name in keys if name not in published or published[name].key != keys[name]}
    return replace(plan.counts, rendered=len(missing), written=len(changed - {manifest.SEARCH}))

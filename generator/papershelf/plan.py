"""Everything that the site shall hold, planned as outputs before any of it is made."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from papershelf import citations, exports, pages, search
from papershelf.content.config import with_addresses, with_markdown
from papershelf.content.free_pages import FreePage
from papershelf.core import git, urls
from papershelf.core.problems import GeneratorError
from papershelf.core.project import EPOCH_VARIABLE, Project
from papershelf.incremental import fingerprint, inputs
from papershelf.incremental.cache import Cache
from papershelf.incremental.fingerprint import Known
from papershelf.incremental.manifest import SEARCH
from papershelf.incremental.output import Output
from papershelf.incremental.site import Salt, Site, Stage
from papershelf.library.check import Checked, Failed
from papershelf.library.library import Library
from papershelf.library.related import RelatedPapers, related
from papershelf.plugins import Plugins, load_plugins
from papershelf.render import frames, templates
from papershelf.render.frames import Place
from papershelf.render.pages import PageRenderer
from papershelf.search.index import IndexPlan
from papershelf.theme import languages, mkdocs, own_templates
from papershelf.theme.settings import publish_settings
from papershelf.theme.templates import InstalledTemplates, Templates
from papershelf.views.context import PageOutput, SiteContext
from papershelf.views.path_conflicts import path_conflicts

_EARLIEST: Final = date(1980, 1, 1)  # some file formats know no earlier one
_LAST_EPOCH: Final = 253_402_300_799  # the end of the year 9999
_MIN_BACKGROUND: Final = 5000  # papers; fewer are fingerprinted in this process
_MIN_PARALLEL_PAGES: Final = 500
_MIN_PARALLEL_EXPORTS: Final = 200


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the person who builds may choose.

    repository, url: the addresses of the repository and of the site, for settings that name none.
    renderer: what makes the frames. plugins: whether the list's own plug-ins run.
    """

    repository: str | None = None
    url: str | None = None
    renderer: mkdocs.Renderer = mkdocs.DEFAULT
    plugins: bool = False


@dataclass(frozen=True, slots=True)
class Setup:
    """How a site is built; `epoch` is the date that the environment gives it, in seconds since 1970."""

    options: BuildOptions
    plugins: Plugins
    templates: Templates
    checkout: git.Checkout
    epoch: int | None

    @classmethod
    def load(cls, project: Project, options: BuildOptions) -> "Setup":
        """Load the plug-ins and read the templates.

        Raises GeneratorError if the system refuses, a plug-in is broken, or the environment gives no date.
        """
        plugins = load_plugins(project, own=options.plugins)
        templates = Templates.read(project, plugins.template_folders, options.renderer)
        if options.renderer == "zensical" and not options.plugins:
            own_templates.refuse_for_zensical(templates.of_theme)
        return cls(options, plugins, templates, git.checkout(project.root), _given_date())


def _given_date() -> int | None:
    given = os.environ.get(EPOCH_VARIABLE, "")
    if not given:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", given) or int(given) > _LAST_EPOCH:
        raise GeneratorError(
            f"{EPOCH_VARIABLE} is {given!r}: set it to whole seconds since 1970, or unset it"
        )
    return int(given)


@dataclass(frozen=True, slots=True)
class PagePlan:
    """All pages, and what they are rendered with.

    files: path and content of what the theme adds. templates: their fingerprint.
    epoch: the build's date in seconds since 1970.
    """

    context: SiteContext
    outputs: tuple[PageOutput, ...]
    renderer: PageRenderer
    files: Mapping[str, bytes]
    templates: bytes
    epoch: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole site: stages of outputs, files whose content is known, and the search index.

    free_pages: the curator's pages, by path.
    keys: the fingerprint of all that each output depends on, by its path.
    """

    pages: Stage
    exports: Stage
    files: Mapping[str, bytes]
    index: IndexPlan
    free_pages: Mapping[str, FreePage]
    keys: Mapping[str, bytes]


@contextmanager
def planning(project: Project, site: Site, checked: Checked, setup: Setup) -> Iterator[Plan | Failed]:
    """Plan what `site` shall hold, with other processes in the background until the context is left.

    They fingerprint papers, find related ones, and index for the search ahead. Raises GeneratorError if the
    environment does not allow it.
    """
    papers, cache, workers = tuple(checked.library.papers.values()), site.cache, site.workers
    with (
        workers.background_if_large(fingerprint.each, papers, min_parallel=_MIN_BACKGROUND) as fingerprints,
        workers.background_if_large(citations.keys, papers, min_parallel=_MIN_BACKGROUND) as citation_keys,
        related(papers, cache, workers) as related_papers,
    ):
        installed = setup.templates.install(site.work)
        context = site_context(checked, installed.folder, setup, related_papers, citation_keys)
        overviews = pages.overviews(context, setup.plugins.page_kinds)
        documents = search.plan(context)
        known = fingerprint.by_identity(papers, fingerprints())
        index = IndexPlan(
            documents,
            fingerprint.of_inputs(documents, known),
            context.config.language,
            Cache(project.search_cache),
        )
        with workers.background(search.prepare, index, low_priority=False) as prepared:
            index = replace(index, prepared=prepared)
            page_plan = plan_pages(context, overviews, installed, setup, cache)
            if isinstance(page_plan, Failed):
                yield page_plan
                return
            formats = exports.paper_formats(context, known, cache, workers)
            published = exports.Published(
                context, page_plan.outputs, page_plan.epoch, formats, setup.checkout.commit
            )
            files = exports.plan(published, setup.plugins.exports)
            yield _plan(page_plan, files, index, known, setup)


def _plan(
    planned: PagePlan, files: tuple[Output[bytes], ...], index: IndexPlan, known: Known, setup: Setup
) -> Plan | Failed:
    paths = (*(each.path for each in (*planned.outputs, *files)), *planned.files)
    if conflicts := [*path_conflicts(paths, planned.context.free_pages_by_path)]:
        return Failed(tuple(conflicts))
    made_from = fingerprint.of_inputs((*planned.outputs, *files), known)
    program = fingerprint.digest(inputs.program(), setup.plugins.key)
    page_stage = Stage(
        planned.outputs,
        planned.renderer.render,
        _page_salt(planned, program),
        made_from,
        known,
        _MIN_PARALLEL_PAGES,
    )
    export_salt = Salt.of(program=program)
    export_stage = Stage(
        files, exports.make, partial(_same_salt, export_salt), made_from, known, _MIN_PARALLEL_EXPORTS
    )
    keys = {
        **page_stage.keys(),
        **export_stage.keys(),
        **{path: fingerprint.digest(content) for path, content in planned.files.items()},
        SEARCH: fingerprint.digest(inputs.program(), *index.keys.values()),
    }
    return Plan(page_stage, export_stage, planned.files, index, planned.context.free_pages_by_path, keys)


def _page_salt(planned: PagePlan, program: bytes) -> Callable[[PageOutput], Salt]:
    """What a page depends on apart from its inputs: all templates, and the frame around it."""
    renderer = planned.renderer
    settings = fingerprint.of((renderer.description, renderer.markdown))
    salts = {
        place: Salt.of(
            program=program,
            templates=planned.templates,
            settings=settings,
            frame=fingerprint.of(frame),
        )
        for place, frame in renderer.frames.items()
    }
    return partial(_salt_of_place, renderer, salts)


def _salt_of_place(renderer: PageRenderer, salts: Mapping[Place, Salt], output: PageOutput) -> Salt:
    return salts[renderer.place(output)]


def _same_salt(salt: Salt, _: Output[bytes]) -> Salt:
    return salt


def site_context(
    checked: Checked,
    folder: Path,
    setup: Setup,
    related_papers: Callable[[], RelatedPapers] = dict,
    citation_keys: Callable[[], Mapping[str, str]] | None = None,
) -> SiteContext:
    """What pages are planned from; `folder` holds the templates.

    `related_papers` and `citation_keys` are called when they are needed. Raises GeneratorError for a mistake
    in the words.
    """
    content, library = checked.content, checked.library
    options = setup.options
    addressed = with_addresses(content.config, options.repository, options.url)
    config = with_markdown(addressed, len(library.papers))
    words = templates.load_words(folder)
    return SiteContext(
        library,
        config,
        words,
        content.pages,
        related_papers,
        citation_keys,
        content.logo,
        setup.checkout.branch,
        setting_places=content.setting_places,
    )


def plan_pages(
    context: SiteContext,
    overviews: tuple[PageOutput, ...],
    installed: InstalledTemplates,
    setup: Setup,
    cache: Cache,
) -> PagePlan | Failed:
    """Plan the papers' pages, add them to the `overviews` (all others), and have the frames rendered.

    Raises GeneratorError if the environment does not allow it.
    """
    conflicts = path_conflicts((output.path for output in overviews), context.free_pages_by_path)
    if found := [*languages.problems(context, setup.templates, setup.options.renderer), *conflicts]:
        return Failed(tuple(found))
    config, words, epoch = context.config, context.words, build_date(context.library, setup.epoch)
    navigation = pages.navigation(words, overviews, (*pages.KINDS, *setup.plugins.page_kinds))
    sections = frozenset(path for _, path in navigation)
    places = {frames.place(output.path, output.theme, sections) for output in overviews}
    shell, problems = mkdocs.shell(
        installed.folder.parent,
        publish_settings(installed.folder, config, words, navigation, setup.options.renderer),
        sorted(places | {frames.place(urls.paper("x"), pages.PAPER.theme, sections)}),
        mkdocs.ShellInputs(installed.key, epoch),
        cache,
    )
    if shell is None:
        return Failed(tuple(problems))
    outputs = (*overviews, *pages.plan(context, [pages.PAPER]))
    page_renderer = PageRenderer(
        installed.folder,
        words,
        dict(shell.frames),
        sections,
        config.description,
        markdown=config.publish.markdown or "all",
        sandboxed=installed.sandboxed,
    )
    logo = {} if context.logo is None else {urls.asset(str(config.look.logo)): context.logo}
    return PagePlan(context, outputs, page_renderer, {**shell.files, **logo}, installed.key, epoch)


def build_date(library: Library, given: int | None) -> int:
    """The date of a build in seconds since 1970: the one that is given, or the newest date in the content."""
    if given is not None:
        return given
    captured = (listing.captured for listing in library.listings)
    published = (paper.published.first_day for paper in library.papers.values() if paper.published)
    newest = max([_EARLIEST, *filter(None, captured), *published])
    return int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp())

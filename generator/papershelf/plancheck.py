"""What would keep a site from being built though its content is fine, found without rendering it."""

import re
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from papershelf import exports, linkcheck, pages
from papershelf.core import urls
from papershelf.core.problems import Problem
from papershelf.core.project import Project
from papershelf.exports.paper_formats import PaperFormats
from papershelf.incremental import fingerprint
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library.check import Checked
from papershelf.plan import BuildOptions, Setup, build_date, site_context
from papershelf.render import templates
from papershelf.render.html import to_html
from papershelf.theme import languages
from papershelf.theme.templates import shipped
from papershelf.views.context import PageOutput, SiteContext
from papershelf.views.path_conflicts import path_conflicts

_THEMES = re.compile(r"^(?:assets/|404\.html)|#__")  # files and anchors that come with the theme
_BLANK = PaperFormats(*([b""] * len(PaperFormats._fields)))


def problems(
    project: Project, checked: Checked, options: BuildOptions, cache: Cache, workers: Workers
) -> list[Problem]:
    """Plan the site, and say what no build could publish, sorted by place; nothing is written to the project.

    Raises GeneratorError if the environment does not allow it or the list's own templates are wrong.
    """
    setup = Setup.load(project, options)
    with _templates(project, setup) as folder:
        context = site_context(checked, folder, setup)
        overviews = pages.overviews(context, setup.plugins.page_kinds)
        papers = [urls.paper(each) for each in context.library.papers]
        formats = _formats(context, setup, cache, workers)
        published = exports.Published(
            context, overviews, build_date(context.library, setup.epoch), formats, setup.checkout.commit
        )
        files = (each.path for each in exports.plan(published, setup.plugins.exports))
        logo = [urls.asset(str(context.config.look.logo))] if context.logo else []
        paths = [*(each.path for each in overviews), *papers, *files, *logo]
        found = [
            *setup.templates.problems,
            *languages.problems(context, setup.templates, options.renderer),
            *path_conflicts(paths, context.free_pages_by_path),
            *_broken_links(context, overviews, {*paths}, folder),
        ]
    return sorted(found)


@contextmanager
def _templates(project: Project, setup: Setup) -> Iterator[Path]:
    """The folder of the templates; those of the list and of plug-ins are compiled first."""
    if not setup.plugins.template_folders and not project.templates.is_dir():
        yield shipped()
        return
    with TemporaryDirectory(prefix="papershelf-") as work:
        folder = setup.templates.install(Path(work)).folder
        templates.compile_all(templates.environment(folder, templates.load_words(folder)))
        yield folder


def _formats(
    context: SiteContext, setup: Setup, cache: Cache, workers: Workers
) -> Mapping[str, PaperFormats]:
    """What exports are planned from: blank for ours, which look at their inputs only when they are made."""
    papers = context.library.papers
    if not setup.plugins.exports:
        return dict.fromkeys(papers, _BLANK)
    values = tuple(papers.values())
    known = fingerprint.by_identity(values, fingerprint.each(values))
    return exports.paper_formats(context, known, cache, workers)


def _broken_links(
    context: SiteContext, overviews: tuple[PageOutput, ...], paths: Container[str], folder: Path
) -> Iterator[Problem]:
    """The links of the curator's pages that lead nowhere; those to the theme's own files are not followed."""
    linking = {
        path: page for path, page in context.free_pages_by_path.items() if linkcheck.has_links(page.markdown)
    }
    if not linking:
        return
    environment = templates.environment(folder, context.words)
    planned = {each.path: each for each in overviews}

    def links(path: str) -> Iterator[str]:
        content = to_html(templates.render_template(planned[path].content(), environment))
        targets = (urls.target(path, href) for href in content.links)
        return (each for each in targets if not _THEMES.search(each))

    def ids(path: str) -> Container[str]:
        if path not in planned:
            planned.update((each.path, each) for each in pages.plan(context, [pages.PAPER]))
        content = to_html(templates.render_template(planned[path].content(), environment))
        return linkcheck.ids(content.html)

    yield from linkcheck.broken({path: tuple(links(path)) for path in linking}, paths, linking, ids)

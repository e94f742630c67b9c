"""The way out: the site as a project of MkDocs or Zensical, which needs Papershelf no more."""

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import yaml

from papershelf import pages
from papershelf.build import Announce, Report, build
from papershelf.core import urls
from papershelf.core.problems import GeneratorError
from papershelf.core.project import Project
from papershelf.incremental.cache import Cache
from papershelf.incremental.filetree import write_tree
from papershelf.incremental.workers import Workers
from papershelf.library.check import Failed, check
from papershelf.library.related import related
from papershelf.plan import BuildOptions, Setup, site_context
from papershelf.render import placeholders, templates
from papershelf.theme import mkdocs
from papershelf.theme.settings import publish_settings
from papershelf.views.context import PageOutput, SiteContext

CONFIGURATION: Final = "mkdocs.yml"
DOCS: Final = "docs"
OVERRIDES: Final = "overrides"


def eject(project: Project, target: Path, announce: Announce, options: BuildOptions) -> Report:
    """Build the site, then write all that it is made of into `target`, a new or empty folder.

    `mkdocs build` and `zensical build` there make the same pages: `docs` has their Markdown and every other
    file of the site, `overrides` the templates of the theme. Nothing is written if the build fails.
    Raises GeneratorError if the folder holds anything, or the environment does not allow it.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise GeneratorError(f"{target} is not empty: name a new folder")
    report = build(project, announce, options)
    if not report.failed:
        cache, workers = Cache.read_only(project.cache), Workers()
        setup, checked = Setup.load(project, options), check(project, cache, workers)
        if isinstance(checked, Failed):
            raise GeneratorError("the content was changed meanwhile: run it again")
        papers = tuple(checked.library.papers.values())
        with (
            TemporaryDirectory(prefix="papershelf-") as work,
            related(papers, cache, workers) as related_papers,
        ):
            installed = setup.templates.install(Path(work))
            context = site_context(checked, installed.folder, setup, related_papers)
            outputs = pages.plan(context, (*pages.KINDS, *setup.plugins.page_kinds))
            markdown = _markdown(context, outputs, installed.folder)
            overrides = installed.folder / OVERRIDES
            themes = (mkdocs.theme_folder(options.renderer), overrides)
            write_tree(target / DOCS, chain(markdown, _static(project.site, outputs, themes)))
            write_tree(target / OVERRIDES, _files(overrides))
        (target / CONFIGURATION).write_text(_configuration(target, context, outputs, setup), "utf-8")
    return report


def _configuration(target: Path, context: SiteContext, outputs: tuple[PageOutput, ...], setup: Setup) -> str:
    navigation = pages.navigation(context.words, outputs, (*pages.KINDS, *setup.plugins.page_kinds))
    settings = publish_settings(target, context.config, context.words, navigation, setup.options.renderer)
    written = mkdocs.configuration(target / DOCS, target / "site", settings)
    return yaml.safe_dump(written, sort_keys=False, allow_unicode=True)


def _markdown(
    context: SiteContext, outputs: tuple[PageOutput, ...], folder: Path
) -> Iterator[tuple[str, str]]:
    """Path and Markdown of each page, with what stands in its head."""
    environment = templates.environment(folder, context.words)
    for output in outputs:
        page = output.content()
        body = placeholders.in_markdown(templates.render_template(page, environment))
        yield page.path, f"{templates.front_matter(page, head=True)}\n{body}"


def _static(
    site: Path, outputs: tuple[PageOutput, ...], themes: tuple[Path, ...]
) -> Iterator[tuple[str, bytes]]:
    """The other files of the site, without those that come with the theme; its style sheets are kept."""
    made = {name for each in outputs for name in (each.path, urls.html(each.path))}
    for name, content in _files(site):
        of_theme = any((theme / name).is_file() for theme in themes) and not name.endswith(".css")
        if name not in made and not of_theme:
            yield name, content


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for top, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(top, name)
            yield path.relative_to(folder).as_posix(), path.read_bytes()

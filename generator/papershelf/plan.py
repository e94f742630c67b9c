"""From what was read to pages that only need to be printed: all of them planned, and framed."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from papershelf import pages
from papershelf.content.config import Config, publishes_markdown, with_addresses, with_markdown
from papershelf.content.reader import Content
from papershelf.core import urls
from papershelf.core.problems import Problem
from papershelf.incremental import fingerprint, staging
from papershelf.library import relating
from papershelf.library.library import Library
from papershelf.pages.paper import THEME as PAPER_THEME
from papershelf.render import frames
from papershelf.render import pages as rendering
from papershelf.render import templates as render
from papershelf.theme import mkdocs
from papershelf.theme import templates as overlay
from papershelf.views.context import PageOutput, SiteContext
from papershelf.views.words import Words

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site before it is printed.

    drafts: all pages that templates make. files: path and content of all others but the exports.
    templates: their fingerprint. epoch: the build's date in seconds since 1970.
    """

    context: SiteContext
    drafts: tuple[PageOutput, ...]
    page_renderer: rendering.PageRenderer
    files: Mapping[str, bytes]
    templates: bytes
    epoch: int


def stock(  # noqa: PLR0913  what was read, how it shall look, what is near what, and where
    content: Content,
    library: Library,
    templates: Mapping[str, bytes],
    related: Callable[[], relating.Found],
    cited: Callable[[], Mapping[str, str]] | None = None,
    *,
    work: Path,
    repository: str | None = None,
) -> SiteContext:
    """What pages are planned from; the templates are written into the folder `work`.

    `related` gives the papers near each and `cited` their citation keys when they are needed, `repository`
    is the address of the repository where the settings do not name theirs.
    Raises GeneratorError for a mistake in the words.
    """
    config = with_markdown(with_addresses(content.config, repository), len(library.papers))
    staging.write_tree(work / "templates", overlay.minified(templates.items()))
    return SiteContext(library, config, render.load_words(work / "templates"), content.pages, related, cited)


def prepare(  # noqa: PLR0913  what is planned, how it shall look, and two folders
    context: SiteContext,
    overviews: tuple[PageOutput, ...],
    templates: Mapping[str, bytes],
    logo: bytes | None,
    *,
    work: Path,
    store: Path,
    renderer: mkdocs.Renderer = mkdocs.DEFAULT,
) -> tuple[Prepared | None, list[Problem]]:
    """Plan the papers' pages and have the frames made; None where the renderer complains.

    `overviews` are all other pages, `logo` is the picture that the settings name. `work` is the folder to
    work in, as for `stock`, `store` remembers the frames.
    Raises GeneratorError if the environment does not allow it.
    """
    config, words, look = context.config, context.words, fingerprint.of(dict(templates))
    epoch = build_date(context.library)
    navigation = pages.navigation(words, overviews)
    sections = frozenset(path for _, path in navigation)
    places = {frames.place(draft.path, draft.theme, sections) for draft in overviews}
    shell, problems = mkdocs.shell(
        work,
        store,
        publish_settings(work / "templates", config, words, navigation, renderer),
        sorted(places | {frames.place(urls.paper("x"), PAPER_THEME, sections)}),
        epoch=epoch,
        templates=look,
    )
    if shell is None:
        return None, problems
    planned = (*overviews, *pages.plan(context, [pages.paper]))
    page_renderer = rendering.PageRenderer(
        work / "templates",
        words,
        shell.frames,
        sections,
        config.description,
        markdown=config.publish.markdown or "all",
    )
    files = {
        **shell.files,
        **({urls.asset(str(config.look.logo)): logo} if logo is not None else {}),
    }
    return Prepared(context, planned, page_renderer, files, look, epoch), []


def publish_settings(
    templates: Path,
    config: Config,
    words: Words,
    navigation: tuple[tuple[str, str], ...],
    renderer: mkdocs.Renderer = mkdocs.DEFAULT,
) -> mkdocs.PublishSettings:
    """What the renderer is told about this site."""
    return mkdocs.PublishSettings(
        name=config.title,
        url=config.url or "",
        description=config.description,
        navigation=navigation,
        language=config.language,
        primary=config.look.primary,
        accent=config.look.accent,
        overrides=templates / "overrides",
        extra={
            "repository": config.repository,
            "curator": config.curator and config.curator.model_dump(),
            "logo": config.look.logo and urls.asset(config.look.logo),
            "markdown": publishes_markdown(config.publish.markdown, urls.PAPERS),
            "words": words.model_dump(include={"site", "feeds", "search", "missing", "markdown_version"}),
        },
        renderer=renderer,
    )


def build_date(library: Library) -> int:
    """The date of a build in seconds since 1970: SOURCE_DATE_EPOCH or the newest date in the content."""
    given = os.environ.get(EPOCH_VARIABLE, "")
    if given.isdecimal():
        return int(given)
    captured = (listing.captured for listing in library.listings)
    published = (paper.published for paper in library.papers.values())
    newest = max(
        (day for day in (*captured, *published) if day), default=datetime(1980, 1, 1, tzinfo=UTC).date()
    )
    return int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp())

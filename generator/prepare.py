"""From what was read to pages that only need to be printed: all of them planned, and framed."""

import os
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator import (
    fingerprint,
    frames,
    overlay,
    pages,
    press,
    publish,
    relating,
    render,
    urls,
    write,
)
from generator.config import Config, publishes_markdown, with_addresses, with_markdown
from generator.content import Content
from generator.library import Library
from generator.pages.paper import THEME as PAPER_THEME
from generator.problems import Problem

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site before it is printed.

    drafts: all pages that templates make. files: path and content of all others but the exports.
    templates: their fingerprint. epoch: the build's date in seconds since 1970.
    """

    shelf: pages.Shelf
    drafts: tuple[pages.Draft, ...]
    plates: press.Plates
    files: Mapping[str, bytes]
    templates: bytes
    epoch: int


def prepare(  # noqa: PLR0913  what was read, how it shall look, and two folders
    content: Content,
    library: Library,
    templates: Mapping[str, bytes],
    *,
    work: Path,
    store: Path,
    repository: str | None = None,
    renderer: publish.Renderer = publish.DEFAULT,
    related: relating.Found | None = None,
) -> tuple[Prepared | None, list[Problem]]:
    """Plan every page and have the frames made; None where the renderer complains.

    `work` is a folder to work in, `store` remembers the frames, `repository` is the address of the repository
    where the settings do not name theirs. `related` are the papers near each, None to have them found.
    Raises GeneratorError if the environment does not allow it.
    """
    config = with_markdown(with_addresses(content.config, repository), len(library.papers))
    write.write_tree(work / "templates", overlay.minified(templates.items()))
    look = fingerprint.of(dict(templates))
    words = render.load_words(work / "templates")
    epoch = build_date(library)
    papers = library.papers.values()
    with relating.beside(store, papers) if related is None else nullcontext(lambda: related) as near:
        shelf = pages.Shelf(library, config, words, content.pages, near)
        around = pages.plan(shelf, [kind for kind in pages.KINDS if kind is not pages.paper])
        navigation = pages.navigation(words, around)
        sections = frozenset(path for _, path in navigation)
        places = {frames.place(draft.path, draft.theme, sections) for draft in around}
        shell, problems = publish.shell(
            work,
            store,
            publish_settings(work / "templates", config, words, navigation, renderer),
            sorted(places | {frames.place(urls.paper("x"), PAPER_THEME, sections)}),
            epoch=epoch,
            templates=look,
        )
        if shell is None:
            return None, problems
        planned = (*around, *pages.plan(shelf, [pages.paper]))
    plates = press.Plates(
        work / "templates",
        words,
        shell.frames,
        sections,
        config.description,
        markdown=config.publish.markdown or "all",
    )
    files = {
        **shell.files,
        **({urls.asset(str(config.look.logo)): content.logo} if content.logo is not None else {}),
    }
    return Prepared(shelf, planned, plates, files, look, epoch), []


def publish_settings(
    templates: Path,
    config: Config,
    words: pages.Words,
    navigation: tuple[tuple[str, str], ...],
    renderer: publish.Renderer = publish.DEFAULT,
) -> publish.PublishSettings:
    """What the renderer is told about this site."""
    return publish.PublishSettings(
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

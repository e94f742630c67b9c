"""The story of a build, top to bottom: read this first."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator import overlay, pages, publish, redirects, render, search, urls, write
from generator.config import Config, with_addresses
from generator.content import Content, Project, read_content
from generator.library import Library, build_library
from generator.problems import Problem, has_errors

Announce = Callable[[str], None]
EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, slots=True)
class Report:
    """What a build came to: problems (with an error among them nothing was published) and counts."""

    problems: tuple[Problem, ...]
    papers: int = 0
    pages: int = 0
    written: int = 0
    searchable: int = 0

    @property
    def failed(self) -> bool:
        """Whether the site was left as it was."""
        return has_errors(self.problems)


def check(project: Project) -> tuple[Content | None, Library | None, list[Problem]]:
    """Read and join everything, write nothing; the problems are sorted by place."""
    content, problems = read_content(project)
    if content is None:
        return None, None, sorted(problems)
    library, found = build_library(content)
    return content, library, sorted([*problems, *found, *redirects.problems(library)])


def build(project: Project, announce: Announce, repository: str | None = None) -> Report:
    """Make the site and put it in place when it is whole; with any error in content the old one stays.

    `announce` hears what is being done; `repository` is the address of the one that builds, for settings
    that do not name theirs. Raises GeneratorError if the environment does not allow it.
    """
    announce("Reading content")
    content, library, problems = check(project)
    if content is None or library is None or has_errors(problems):
        return Report(tuple(problems))
    config = with_addresses(content.config, repository)
    with write.staging(project.build, project.site) as fresh:
        announce("Rendering Markdown")
        templates = project.build / "templates"
        write.write_tree(templates, overlay.templates(project.templates))
        words = render.load_words(templates)
        shelf = pages.Shelf(library, config, words, content.pages)
        planned = pages.plan(shelf)
        docs = project.build / "docs"
        written = write.write_tree(docs, render.render_all(planned, render.environment(templates, words)))
        announce(f"Rendering {len(planned)} pages")
        settings = publish_settings(templates, config, words, pages.navigation(words, planned))
        sources = (page.path for page in planned if config.publish.markdown)
        broken = publish.publish(docs, fresh, settings, epoch=build_date(library), sources=sources)
        if broken:
            return Report(tuple(sorted([*problems, *broken])))
        for path, html in redirects.files(library, config, words):
            write.write_new(fresh, path, html)
        if content.logo is not None:
            write.write_new(fresh, urls.asset(str(config.look.logo)), content.logo)
        announce("Indexing for search")
        indexed = search.index(fresh, search.documents(shelf), config.language, project.build / "search")
        write.swap(fresh, project.site)
    return Report(tuple(problems), len(library.papers), len(planned), written.written, indexed.pages)


def publish_settings(
    templates: Path, config: Config, words: pages.Words, navigation: tuple[tuple[str, str], ...]
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
            "markdown": config.publish.markdown,
            "words": words.model_dump(include={"site", "search", "missing", "markdown_version"}),
        },
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

"""The story of a build, top to bottom: read this first."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from generator import (
    crosslinks,
    exports,
    fingerprint,
    frames,
    inputs,
    memory,
    overlay,
    pages,
    press,
    publish,
    redirects,
    render,
    search,
    sorting,
    tree,
    urls,
    write,
)
from generator.config import Config, with_addresses
from generator.content import Content, Project, read_content
from generator.library import Library, build_library
from generator.problems import Problem, has_errors

Announce = Callable[[str], None]
EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
SEARCHABLE = b"of the published site"


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


def check(project: Project, *, keep: bool = False) -> tuple[Content | None, Library | None, list[Problem]]:
    """Read and join everything, publish nothing; the problems are sorted by place.

    `keep` tells whether to remember for the next time what took long.
    """
    content, problems = read_content(project)
    if content is None:
        return None, None, sorted(problems)
    library, found = build_library(content, partial(sorting.remembering, project.memory, keep=keep))
    return content, library, sorted([*problems, *found, *redirects.problems(library)])


def build(
    project: Project,
    announce: Announce,
    repository: str | None = None,
    renderer: publish.Renderer = publish.DEFAULT,
) -> Report:
    """Make the site and put it in place when it is whole; with any error in content the old one stays.

    `announce` hears what is being done; `renderer` frames the pages; `repository` is the address of the one
    that builds, for settings that do not name theirs. Raises GeneratorError if the environment does not
    allow it.
    """
    with write.staging(project.build, project.site) as fresh:
        announce("Reading content")
        own = dict(overlay.templates(project.templates))
        look = fingerprint.of(own)
        given = f"{repository} {os.environ.get(EPOCH_VARIABLE)}".encode()
        everything = inputs.key(project, look, given, *memory.versions(publish.DISTRIBUTIONS[renderer]))
        published = tree.recall(project.site, project.memory)
        last: Report | None = memory.recall(project.memory, "report", everything)
        if last and tree.is_whole(project.site, published):
            return replace(last, rendered=0, written=0)

        content, library, problems = check(project, keep=True)
        if content is None or library is None or has_errors(problems):
            return Report(tuple(problems))
        config = with_addresses(content.config, repository)
        write.write_tree(project.build / "templates", own.items())
        words = render.load_words(project.build / "templates")
        shelf = pages.Shelf(library, config, words, content.pages)
        planned = pages.plan(shelf)

        announce("Framing pages")
        navigation = pages.navigation(words, planned)
        sections = frozenset(path for _, path in navigation)
        shell, complaints = publish.shell(
            project.build,
            project.memory,
            publish_settings(project.build / "templates", config, words, navigation, renderer),
            sorted({frames.place(draft.path, draft.theme, sections) for draft in planned}),
            epoch=build_date(library),
            templates=look,
        )
        if shell is None:
            return Report(tuple(sorted([*problems, *complaints])))

        announce(f"Writing {len(planned)} pages")
        plates = press.Plates(
            project.build / "templates",
            words,
            shell.frames,
            sections,
            config.description,
            markdown=config.publish.markdown,
        )
        files = {
            **shell.files,
            **dict(redirects.files(library, config, words)),
            **({urls.asset(str(config.look.logo)): content.logo} if content.logo is not None else {}),
        }
        artifacts = exports.plan(exports.Published(shelf, planned, build_date(library)))
        keys = (
            press.keys(planned, plates, look) | exports.keys(artifacts, memory.program()) | tree.keys(files)
        )
        counts = Report(tuple(problems), len(library.papers), len(planned))
        if tree.has_all(published, keys) and tree.is_whole(project.site, published):
            report = replace(counts, searchable=memory.recall(project.memory, "searchable", SEARCHABLE) or 0)
            memory.remember(project.memory, "report", everything, report)
            return report
        there = tree.start(fresh, project.spare, project.site, published, wanted=keys, store=project.memory)
        missing = [draft for draft in planned if draft.path not in there]
        entries = there | press.press(missing, plates, keys, fresh) | tree.write_files(fresh, files, there)
        wanted = [artifact for artifact in artifacts if artifact.path not in there]
        entries |= exports.write(wanted, keys, fresh)
        by_hand = {urls.free(page.name): page for page in content.pages}
        if broken := [*crosslinks.broken(entries, by_hand, fresh)]:
            return Report(tuple(sorted([*problems, *broken])))

        announce("Indexing for search")
        memory_of_search = project.build / "search"
        searchable = search.index(fresh, search.documents(shelf), config.language, memory_of_search).pages
        tree.remember(fresh, project.memory, entries)
        write.swap(fresh, project.site)
        tree.put_aside(fresh, project.spare, project.site, project.memory)
        written = sum(name not in published or published[name].key != keys[name] for name in keys)
        report = replace(counts, rendered=len(missing), written=written, searchable=searchable)
        memory.remember(project.memory, "report", everything, report)
        memory.remember(project.memory, "searchable", SEARCHABLE, searchable)
    return report


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
            "markdown": config.publish.markdown,
            "words": words.model_dump(include={"site", "search", "missing", "markdown_version"}),
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

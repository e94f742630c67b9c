"""Read the content of a reading list: settings, records, decisions, topics, collections, pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from papershelf.content import collections as collection
from papershelf.content import curation, records, topics
from papershelf.content.config import Config
from papershelf.content.files import read_text
from papershelf.content.free_pages import FreePage, read_pages
from papershelf.content.pictures import read_logo
from papershelf.content.validation import validate
from papershelf.content.yaml import Document, parse
from papershelf.core.problems import Location, Problem
from papershelf.core.project import CONFIG, Project
from papershelf.incremental.cache import Cache

_CONFIG = TypeAdapter(Config)


@dataclass(frozen=True, slots=True)
class Content:
    """The parsed content.

    topic_places: the location of each topic's definition, by its id.
    logo: the picture that the settings name, None if they name none.
    """

    config: Config
    files: tuple[records.RecordFile, ...]
    decisions: tuple[curation.PlacedDecision, ...]
    topics: tuple[topics.Topic, ...]
    collections: tuple[collection.Collection, ...]
    pages: tuple[FreePage, ...]
    topic_places: Mapping[str, Location] = field(default_factory=dict)
    logo: bytes | None = None


def read_content(project: Project, cache: Cache | None = None) -> tuple[Content | None, list[Problem]]:
    """Read everything and report every problem; the content is None if there is no valid configuration."""
    config, logo, problems = _read_settings(project)
    files, in_records = records.read_records(project.content, cache)
    decisions, in_curation = _read_decisions(project)
    defined, places, in_topics = _read_topics(project)
    collections, in_collections = _read_collections(project)
    pages, in_pages = read_pages(project)
    problems += [*in_records, *in_curation, *in_topics, *in_collections, *in_pages]
    if config is None:
        return None, problems
    return Content(config, files, decisions, defined, collections, pages, places, logo), problems


def read_config(project: Project) -> tuple[Config | None, list[Problem]]:
    """The settings, None if they have errors."""
    config, _, problems = _read_settings(project)
    return config, problems


def _read_settings(project: Project) -> tuple[Config | None, bytes | None, list[Problem]]:
    document, problems = _parse_file(project.root / CONFIG, project.root)
    if document is None:
        return None, None, problems
    config, problems = validate(_CONFIG, document)
    if config is None or config.look.logo is None:
        return config, None, problems
    logo = read_logo(project, config.look.logo, document.place(("look", "logo")))
    return (config, None, [*problems, logo]) if isinstance(logo, Problem) else (config, logo, problems)


def _read_decisions(project: Project) -> tuple[tuple[curation.PlacedDecision, ...], list[Problem]]:
    decisions: list[curation.PlacedDecision] = []
    problems: list[Problem] = []
    for path in _files(project.content / "curation", "*.yml"):
        document, unreadable = _parse_file(path, project.root)
        problems += unreadable
        if document is not None:
            placed, found = curation.read_decisions(document)
            decisions += placed
            problems += found
    problems += _misnamed(project, project.content / "curation")
    return tuple(decisions), problems


def _read_topics(
    project: Project,
) -> tuple[tuple[topics.Topic, ...], Mapping[str, Location], list[Problem]]:
    path = project.content / "topics.yml"
    if not path.exists():
        return (), {}, []
    document, problems = _parse_file(path, project.root)
    if document is None:
        return (), {}, problems
    defined, found = topics.read_topics(document)
    places = {topic.id: document.place((index,)) for index, topic in enumerate(defined)}
    return defined, places, problems + found


def _read_collections(project: Project) -> tuple[tuple[collection.Collection, ...], list[Problem]]:
    collections: list[collection.Collection] = []
    problems: list[Problem] = []
    for path in _files(project.content / "collections", "*.yml"):
        document, unreadable = _parse_file(path, project.root)
        problems += unreadable
        if document is not None:
            found, mistakes = collection.read_collection(document)
            collections += [found] if found else []
            problems += mistakes
    problems += _misnamed(project, project.content / "collections")
    return tuple(collections), problems


def _parse_file(path: Path, root: Path) -> tuple[Document | None, list[Problem]]:
    text = read_text(path, root)
    if isinstance(text, Problem):
        return None, [text]
    return parse(text, path.relative_to(root).as_posix()), []


def _files(folder: Path, pattern: str) -> Iterable[Path]:
    return sorted(folder.glob(pattern))


def _misnamed(project: Project, folder: Path) -> Iterator[Problem]:
    """A warning for every file that is not read because of its name: its decisions would be lost."""
    for path in sorted(folder.iterdir() if folder.is_dir() else ()):
        if path.suffix != ".yml" and not path.name.startswith("."):
            at = Location(path.relative_to(project.root).as_posix())
            yield Problem(at, "is not read", "only files that end in .yml are: rename it", "warning")

"""Read the content of a reading list: settings, records, decisions, topics, collections, pages."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from papershelf.content import collections as collection
from papershelf.content import curation, records, topics
from papershelf.content.config import Config
from papershelf.content.files import list_files, read_text
from papershelf.content.free_pages import FreePage, read_pages
from papershelf.content.misplaced import TOPICS, misplaced
from papershelf.content.pictures import read_logo
from papershelf.content.validation import validate
from papershelf.content.yaml import Document, parse
from papershelf.core.problems import Location, Problem, has_errors
from papershelf.core.project import CONFIG, CONTENT, Project
from papershelf.incremental.cache import Cache

_CONFIG = TypeAdapter(Config)
_NO_CONTENT = "bring it back; an empty folder makes an empty site"


@dataclass(frozen=True, slots=True)
class Content:
    """The parsed content.

    topic_places: the location of each topic's definition, by its id.
    pattern_places: the location of each pattern in the topics' rules, by the topic's id and the pattern.
    setting_places: the location of each setting that is given, by its name.
    logo: the picture that the settings name, None if they name none.
    topics_are_known: whether `topics` are all there are, as topics.yml has no errors.
    """

    config: Config
    files: tuple[records.RecordFile, ...]
    decisions: tuple[curation.PlacedDecision, ...]
    topics: tuple[topics.Topic, ...]
    collections: tuple[collection.Collection, ...]
    pages: tuple[FreePage, ...]
    topic_places: Mapping[str, Location] = field(default_factory=dict)
    logo: bytes | None = None
    pattern_places: Mapping[tuple[str, str], Location] = field(default_factory=dict)
    setting_places: Mapping[str, Location] = field(default_factory=dict)
    topics_are_known: bool = True


@dataclass(frozen=True, slots=True)
class _Settings:
    """The settings, None if they have errors, with the picture that they name and the place of each."""

    config: Config | None = None
    logo: bytes | None = None
    places: Mapping[str, Location] = field(default_factory=dict)


def read_content(project: Project, cache: Cache | None = None) -> tuple[Content | None, list[Problem]]:
    """Read everything and report every problem; the content is None if there is no valid configuration.

    Raises GeneratorError if the system refuses to read a file.
    """
    settings, problems = _read_settings(project)
    if not project.content.is_dir():
        return None, [*problems, Problem(Location(CONTENT), "there is no such folder", _NO_CONTENT)]
    files, in_records = records.read_records(project.content, cache)
    decisions, in_curation = _read_decisions(project)
    defined, in_topics = read_topics(project)
    collections, in_collections = _read_collections(project)
    pages, in_pages = read_pages(project)
    problems += [*in_records, *in_curation, *in_topics, *in_collections, *in_pages, *misplaced(project)]
    if settings.config is None:
        return None, problems
    content = Content(
        settings.config,
        files,
        decisions,
        defined.topics,
        collections,
        pages,
        defined.places,
        settings.logo,
        pattern_places=defined.pattern_places,
        setting_places=settings.places,
        topics_are_known=not has_errors(in_topics),
    )
    return content, problems


def read_config(project: Project) -> tuple[Config | None, list[Problem]]:
    """The settings, None if they have errors."""
    settings, problems = _read_settings(project)
    return settings.config, problems


def _read_settings(project: Project) -> tuple[_Settings, list[Problem]]:
    document, problems = _parse_file(project.root / CONFIG, project.root)
    if document is None:
        return _Settings(), problems
    config, problems = validate(_CONFIG, document)
    if config is None:
        return _Settings(), problems
    places = {name: document.place((name,)) for name in config.model_fields_set}
    if config.look.logo is None:
        return _Settings(config, None, places), problems
    logo = read_logo(project, config.look.logo, document.place(("look", "logo")))
    if isinstance(logo, Problem):
        return _Settings(config, None, places), [*problems, logo]
    return _Settings(config, logo, places), problems


def _read_decisions(project: Project) -> tuple[tuple[curation.PlacedDecision, ...], list[Problem]]:
    decisions: list[curation.PlacedDecision] = []
    problems: list[Problem] = []
    for path in list_files(project.content / "curation", ".yml"):
        document, unreadable = _parse_file(path, project.root)
        problems += unreadable
        if document is not None:
            placed, found = curation.read_decisions(document)
            decisions += placed
            problems += found
    return tuple(decisions), problems


def read_topics(project: Project) -> tuple[topics.PlacedTopics, list[Problem]]:
    """The topics that have no errors, and the problems of all."""
    path = project.content / TOPICS
    if not os.path.lexists(path):
        return topics.PlacedTopics(), []
    document, problems = _parse_file(path, project.root)
    if document is None:
        return topics.PlacedTopics(), problems
    defined, found = topics.read_topics(document)
    return topics.place(defined, document), problems + found


def _read_collections(project: Project) -> tuple[tuple[collection.Collection, ...], list[Problem]]:
    collections: list[collection.Collection] = []
    problems: list[Problem] = []
    for path in list_files(project.content / "collections", ".yml"):
        document, unreadable = _parse_file(path, project.root)
        problems += unreadable
        if document is not None:
            found, mistakes = collection.read_collection(document)
            collections += [found] if found else []
            problems += mistakes
    return tuple(collections), problems


def _parse_file(path: Path, root: Path) -> tuple[Document | None, list[Problem]]:
    text = read_text(path, root)
    if isinstance(text, Problem):
        return None, [text]
    return parse(text, path.relative_to(root).as_posix()), []

"""`papershelf new`: choose the file for a new entry, and refuse one that is there already."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from papershelf.authoring import entries
from papershelf.authoring.append import text_to_append
from papershelf.authoring.examples import FileKind
from papershelf.content.files import read_text
from papershelf.content.reader import read_content
from papershelf.content.yaml import Value, parse
from papershelf.core import files
from papershelf.core.model import Paper
from papershelf.core.problems import GeneratorError, Location, Problem
from papershelf.core.project import Project
from papershelf.library.identifiers import Identifier, identify, leads_to
from papershelf.library.library import build_library
from papershelf.library.merge import merge
from papershelf.library.paper_index import index_papers
from papershelf.text import links, slug

BY_HAND = "added-by-hand"
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True, slots=True)
class Addition:
    """Text to append to a file, and the place in it where its author continues."""

    path: Path
    text: str
    at: Location


def paper(project: Project, words: str, file: str | None = None) -> Addition:
    """The entry for a paper of the list, or for one that is in no listing yet.

    `file` is the name of a file in content/curation. Raises GeneratorError if `words` name no paper or
    several, if there is an entry for the paper already, or if the file cannot be appended to.
    """
    named = identify(words)
    content, _ = read_content(project)
    if content is None:
        raise GeneratorError("site_config.yml has mistakes: put them right first (papershelf check)")
    papers = _Papers(build_library(content)[0].papers.values(), merge(content.files))
    known = papers.find(named)
    if at := (known and known.edit) or _place_of_entry(project, named, papers, known):
        raise GeneratorError(f"'{words}' is decided already: {at}")
    path = project.content / "curation" / f"{_file_name(file) if file else _default_file(known)}.yml"
    return _append(
        project, path, "curation", entries.known_paper(known) if known else entries.new_paper(named)
    )


def topic(project: Project, words: str) -> Addition:
    """The entry for a new topic; `words` are its id, or a title to derive the id from.

    Raises GeneratorError if a topic has this id or had it formerly.
    """
    topic_id = slug(words)
    path = project.content / "topics.yml"
    for at, entry in _entries_with_places(project, path):
        if topic_id in (entry.get("id"), *_list_or_empty(entry.get("aliases"))):
            raise GeneratorError(f"the topic '{topic_id}' is defined already: {at}")
    return _append(project, path, "topics", entries.topic(topic_id, _title(words)))


def collection(project: Project, words: str) -> Addition:
    """A file for a new collection; `words` are its id, or a title to derive the id from.

    Raises GeneratorError if a collection has this id.
    """
    path = project.content / "collections" / f"{slug(words)}.yml"
    file = path.relative_to(project.root).as_posix()
    if path.exists():
        raise GeneratorError(f"there is a collection '{path.stem}' already: {file}")
    text = f"{entries.header('collection')}\n{entries.collection(_title(words))}"
    return Addition(path, text, parse(text, file).place(("papers", 0, "paper")))


def write(project: Project, addition: Addition) -> None:
    """Append to the file, or create it. Raises GeneratorError if the system refuses."""
    files.append(project.root, addition.path.relative_to(project.root).as_posix(), addition.text.encode())


class _Papers:
    """The papers of the site, then those of the listings, some of which the site hides or renames."""

    def __init__(self, shown: Iterable[Paper], merged: Iterable[Paper]) -> None:
        self.by_id = tuple({paper.id: paper for paper in papers} for papers in (shown, merged))
        self.indexes = tuple(index_papers(papers.values()) for papers in self.by_id)

    def ids_by_name(self, name: str) -> tuple[str, ...]:
        """Ids of the papers that have this id, title, arXiv id or DOI."""
        return next(filter(None, (index.find(name) for index in self.indexes)), ())

    def ids_of_entry(self, name: str) -> tuple[str, ...]:
        """Ids of the papers that an entry decides; one with `same_as` does not decide the other paper."""
        return next(filter(None, (index.find(name) for index in reversed(self.indexes))), ())

    def ids_by_url(self, url: str) -> tuple[str, ...]:
        """Ids of the papers that a web address belongs to."""
        found = (tuple(p.id for p in papers.values() if leads_to(url, p)) for papers in self.by_id)
        return next(filter(None, found), ())

    def find(self, named: Identifier) -> Paper | None:
        """The paper named, None for a new one; raises GeneratorError if the name is ambiguous or unknown."""
        is_address = named.field in ("code", "links")
        found = self.ids_by_url(named.value) if is_address else self.ids_by_name(named.value)
        if len(found) > 1:
            raise GeneratorError(f"'{named.value}' means several papers; use an id: {', '.join(found)}")
        if not found and named.field == "paper":
            cure = self.indexes[0].suggest(named.value)
            cure = cure or "name a new paper by its arXiv id, DOI or web address"
            raise GeneratorError(f"no paper '{named.value}' ({cure})")
        return next((papers[found[0]] for papers in self.by_id if found and found[0] in papers), None)


def _place_of_entry(
    project: Project, named: Identifier, papers: _Papers, known: Paper | None
) -> Location | None:
    """The place of an entry for the paper that has a mistake, is unfinished, or hides the paper."""
    for path in sorted((project.content / "curation").glob("*.yml")):
        for at, entry in _entries_with_places(project, path):
            is_known = known is not None and known.id in papers.ids_of_entry(str(entry.get("paper")))
            if is_known or _is_about(entry, named):
                return at
    return None


def _is_about(entry: dict[str, Value], named: Identifier) -> bool:
    """Whether an entry, finished or not, is about what was named."""
    if named.field in ("code", "links"):
        inside = (each for field in ("code", "links") for each in _list_or_empty(entry.get(field)))
        addresses = (each.get("url") if isinstance(each, dict) else each for each in inside)
        return links.key(named.value) in {links.key(each) for each in addresses if isinstance(each, str)}
    values = (entry.get(field) for field in ("paper", named.field))
    return named.value.casefold() in {str(value).casefold() for value in values}


def _default_file(known: Paper | None) -> str:
    """The name of the file for a paper: that of its first listing."""
    return known.appearances[0].listing if known and known.appearances else BY_HAND


def _file_name(file: str) -> str:
    if not _NAME.fullmatch(file):
        raise GeneratorError(f"'{file}' is no name for a file in content/curation")
    return file.removesuffix(".yml")


def _title(words: str) -> str:
    """The words as a title; an id gets spaces and a capital letter."""
    typed = " ".join(words.split())
    return typed.replace("-", " ").capitalize() if typed == slug(typed) else typed


def _append(project: Project, path: Path, kind: FileKind, entry: str) -> Addition:
    header = "" if path.exists() else entries.header(kind)
    before = header or _read(project, path)
    addition, at = text_to_append(before, entry, path.relative_to(project.root).as_posix())
    return Addition(path, header + addition, at)


def _entries_with_places(project: Project, path: Path) -> Iterator[tuple[Location, dict[str, Value]]]:
    """The entries of a hand-written list with their places, not validated."""
    document = parse(_read(project, path), path.relative_to(project.root).as_posix())
    for index, entry in enumerate(_list_or_empty(document.value)):
        if isinstance(entry, dict):
            yield document.place((index,)), entry


def _read(project: Project, path: Path) -> str:
    text = read_text(path, project.root) if path.exists() else ""
    if isinstance(text, Problem):
        raise GeneratorError(f"put this right first: {text}")
    return text


def _list_or_empty(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []

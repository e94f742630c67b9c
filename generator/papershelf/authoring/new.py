"""`papershelf new`: which entry goes into which file, and whether it is there already."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from papershelf.authoring import entries
from papershelf.authoring.append import appended
from papershelf.authoring.examples import Kind
from papershelf.content.files import read_text
from papershelf.content.reader import read_content
from papershelf.content.yaml import Value, parse
from papershelf.core.model import Paper
from papershelf.core.problems import GeneratorError, Location, Problem
from papershelf.core.project import Project
from papershelf.library import resolve
from papershelf.library.identifiers import Named, identify, leads_to
from papershelf.library.library import build_library
from papershelf.library.merge import merge
from papershelf.text import links, slug

BY_HAND = "added-by-hand"
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be written at the end of a file, and the place in it where its author goes on."""

    path: Path
    text: str
    at: Location


def paper(project: Project, words: str, file: str | None = None) -> Addition:
    """The entry for a paper of the list, or for one that no listing has yet.

    `file` is the name of a file in content/curation. Raises GeneratorError if `words` name no paper or
    several, if the paper is decided already, or if the file cannot be appended to.
    """
    named = identify(words)
    content, _ = read_content(project)
    if content is None:
        raise GeneratorError("site_config.yml has mistakes: put them right first (papershelf check)")
    papers = _Papers(build_library(content)[0].papers.values(), merge(content.files))
    known = papers.meant(named)
    if at := (known and known.edit) or _decided(project, named, papers, known):
        raise GeneratorError(f"'{words}' is decided already: {at}")
    path = project.content / "curation" / f"{_file_name(file) if file else _usual_file(known)}.yml"
    return _append(
        project, path, "curation", entries.known_paper(known) if known else entries.new_paper(named)
    )


def topic(project: Project, words: str) -> Addition:
    """The entry for a new topic; `words` are its id, or the title that its id is made of.

    Raises GeneratorError if there is a topic with this id, now or formerly.
    """
    topic_id = slug(words)
    path = project.content / "topics.yml"
    for at, entry in _entries(project, path):
        if topic_id in (entry.get("id"), *_list(entry.get("aliases"))):
            raise GeneratorError(f"the topic '{topic_id}' is defined already: {at}")
    return _append(project, path, "topics", entries.topic(topic_id, _title(words)))


def collection(project: Project, words: str) -> Addition:
    """A file for a new collection; `words` are its id, or the title that its id is made of.

    Raises GeneratorError if there is a collection with this id.
    """
    path = project.content / "collections" / f"{slug(words)}.yml"
    file = path.relative_to(project.root).as_posix()
    if path.exists():
        raise GeneratorError(f"there is a collection '{path.stem}' already: {file}")
    text = f"{entries.header('collection')}\n{entries.collection(_title(words))}"
    return Addition(path, text, parse(text, file).place(("papers", 0, "paper")))


def write(addition: Addition) -> None:
    """Append to the file, or make it. Raises GeneratorError if the system refuses."""
    try:
        addition.path.parent.mkdir(parents=True, exist_ok=True)
        with addition.path.open("ab") as file:
            file.write(addition.text.encode())
    except OSError as error:
        raise GeneratorError(f"{addition.path} cannot be written: {error.strerror}") from error


class _Papers:
    """The papers of the site, then all that listings have: the site hides some and renames others."""

    def __init__(self, shown: Iterable[Paper], merged: Iterable[Paper]) -> None:
        self.shelves = tuple({paper.id: paper for paper in context} for context in (shown, merged))
        self.indexes = tuple(resolve.index(tuple(context.values())) for context in self.shelves)

    def called(self, name: str) -> tuple[str, ...]:
        """Ids of the papers that have this id, title, arXiv id or DOI."""
        return next(filter(None, (index.find(name) for index in self.indexes)), ())

    def written_about(self, name: str) -> tuple[str, ...]:
        """Ids of the papers that an entry is about: an entry with `same_as` is not about the other paper."""
        return next(filter(None, (index.find(name) for index in reversed(self.indexes))), ())

    def behind(self, url: str) -> tuple[str, ...]:
        """Ids of the papers that an address belongs to."""
        found = (tuple(p.id for p in context.values() if leads_to(url, p)) for context in self.shelves)
        return next(filter(None, found), ())

    def meant(self, named: Named) -> Paper | None:
        """The paper meant, None if it is a new one; raises GeneratorError if that is not clear."""
        is_address = named.field in ("code", "links")
        found = self.behind(named.value) if is_address else self.called(named.value)
        if len(found) > 1:
            raise GeneratorError(f"'{named.value}' means several papers; use an id: {', '.join(found)}")
        if not found and named.field == "paper":
            cure = resolve.nearest(named.value, self.indexes[0].titles)
            cure = cure or "name a new paper by its arXiv id, DOI or web address"
            raise GeneratorError(f"no paper '{named.value}' ({cure})")
        return next((context[found[0]] for context in self.shelves if found and found[0] in context), None)


def _decided(project: Project, named: Named, papers: _Papers, known: Paper | None) -> Location | None:
    """Where there is an entry for the paper that has a mistake, is not finished, or hides it."""
    for path in sorted((project.content / "curation").glob("*.yml")):
        for at, entry in _entries(project, path):
            is_known = known is not None and known.id in papers.written_about(str(entry.get("paper")))
            if is_known or _says(entry, named):
                return at
    return None


def _says(entry: dict[str, Value], named: Named) -> bool:
    """Whether an entry, however unfinished, speaks of what was named."""
    if named.field in ("code", "links"):
        inside = (each for field in ("code", "links") for each in _list(entry.get(field)))
        addresses = (each.get("url") if isinstance(each, dict) else each for each in inside)
        return links.key(named.value) in {links.key(each) for each in addresses if isinstance(each, str)}
    said = (entry.get(field) for field in ("paper", named.field))
    return named.value.casefold() in {str(each).casefold() for each in said}


def _usual_file(known: Paper | None) -> str:
    """Papers of a listing are decided in a file named like it."""
    return known.appearances[0].listing if known and known.appearances else BY_HAND


def _file_name(file: str) -> str:
    if not _NAME.fullmatch(file):
        raise GeneratorError(f"'{file}' is no name for a file in content/curation")
    return file.removesuffix(".yml")


def _title(words: str) -> str:
    """The words as a title; those of an id get spaces and a capital."""
    typed = " ".join(words.split())
    return typed.replace("-", " ").capitalize() if typed == slug(typed) else typed


def _append(project: Project, path: Path, kind: Kind, entry: str) -> Addition:
    header = "" if path.exists() else entries.header(kind)
    before = header or _text(project, path)
    addition, at = appended(before, entry, path.relative_to(project.root).as_posix())
    return Addition(path, header + addition, at)


def _entries(project: Project, path: Path) -> Iterator[tuple[Location, dict[str, Value]]]:
    """The entries of a list with their places, as they are written."""
    document = parse(_text(project, path), path.relative_to(project.root).as_posix())
    for index, entry in enumerate(_list(document.value)):
        if isinstance(entry, dict):
            yield document.place((index,)), entry


def _text(project: Project, path: Path) -> str:
    text = read_text(path, project.root) if path.exists() else ""
    if isinstance(text, Problem):
        raise GeneratorError(f"put this right first: {text}")
    return text


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []

"""How well the rules of content/topics.yml agree with people: micro-averaged F1 against labels.

The labels in tests/topics/ were made by reading title and abstract and judging by the topics' descriptions,
one to three topics for every paper, the main one first, before looking at what the rules say. Run this file
for a table of all sets that are at hand; texts that are not ours are read from ../shared, if it exists.
"""

import json
import lzma
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from papershelf.content.reader import read_content
from papershelf.core.project import Project
from papershelf.library.library import build_library
from papershelf.library.topic_rules import Matcher, assign, compile_topics, match
from papershelf.sources.hf_listing import READER
from papershelf.text import plain
from support.project import ROOT

LABELS = ROOT / "tests/topics"
SHARED = ROOT.parent / "shared"
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paper with the topics that a reader gave it."""

    title: str
    text: str
    topics: tuple[str, ...]
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of topics: given by both, by the rules alone, by the reader alone."""

    both: int = 0
    rules_only: int = 0
    reader_only: int = 0

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(
            self.both + other.both,
            self.rules_only + other.rules_only,
            self.reader_only + other.reader_only,
        )

    @property
    def precision(self) -> float:
        return self.both / max(1, self.both + self.rules_only)

    @property
    def recall(self) -> float:
        return self.both / max(1, self.both + self.reader_only)

    @property
    def f1(self) -> float:
        return 2 * self.both / max(1, 2 * self.both + self.rules_only + self.reader_only)


def agreements(matcher: Matcher, papers: Sequence[Labelled]) -> dict[str, Agreement]:
    """For each topic how far the rules agree with the reader, over the papers."""
    counts = {topic.id: Agreement() for topic in matcher.topics}
    for paper in papers:
        given = assign(match(matcher, paper.title, paper.text, paper.categories))
        for topic in {*given, *paper.topics}:
            by_rules, by_reader = topic in given, topic in paper.topics
            counts[topic] += Agreement(
                by_rules and by_reader, by_rules and not by_reader, by_reader and not by_rules
            )
    return counts


def micro(counts: Mapping[str, Agreement]) -> Agreement:
    """All topics together."""
    return sum(counts.values(), Agreement())


def shipped_matcher() -> Matcher:
    """The rules of content/topics.yml."""
    content, problems = read_content(Project(ROOT))
    assert content is not None, problems
    return compile_topics(content.topics)


def shipped() -> list[Labelled]:
    """The labelled papers of the shipped listings as the site knows them: title and summary."""
    content, problems = read_content(Project(ROOT))
    assert content is not None, problems
    library, _ = build_library(content)
    labels = _labels("listings")
    return [
        Labelled(plain(paper.title), plain(paper.summary or ""), labels["", _key(paper.title)])
        for paper in library.papers.values()
        if ("", _key(paper.title)) in labels
    ]


def listings() -> list[Labelled]:
    """The papers of the listings with their abstracts."""
    found: dict[str, Labelled] = {}
    labels = _labels("listings")
    for path in sorted((SHARED / "listings").glob("*.txt")):
        for entry in READER.read(path.read_text(encoding="utf-8"), path.name, None).entries:
            key = _key(entry.title)
            if entry.abstract and ("", key) in labels:
                found.setdefault(key, Labelled(entry.title, entry.abstract, labels["", key]))
    return list(found.values())


def conference(name: str) -> list[Labelled]:
    """A sample of conference papers with their abstracts and keywords."""
    labels = _labels(f"conference-{name}")
    return [
        Labelled(paper["title"], paper["abstract"], labels[place], _keywords(paper))
        for paper in _conference_papers()
        if (place := (paper["listing"], _key(paper["title"]))) in labels
    ]


def sets_at_hand() -> dict[str, Callable[[], list[Labelled]]]:
    """Every labelled set whose texts can be read here."""
    sets: dict[str, Callable[[], list[Labelled]]] = {}
    if any((ROOT / "content/papers").glob("*.jsonl")):
        sets["listings, summaries"] = shipped
    if SHARED.is_dir():
        sets["listings, abstracts"] = listings
        for name in "abc":
            sets[f"conference {name}"] = lambda name=name: conference(name)  # type: ignore[misc]
    return sets


def _labels(name: str) -> dict[Place, tuple[str, ...]]:
    """Topics by listing (empty for the shipped listings) and title."""
    lines = (LABELS / f"labels-{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {("".join(row[:-2]), _key(row[-2])): tuple(row[-1].split()) for row in rows}


def _conference_papers() -> Iterator[dict[str, str]]:
    with lzma.open(SHARED / "data/conference-papers.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _keywords(paper: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(word.strip() for word in (paper.get("keywords") or "").split(";") if word.strip())


def _key(title: str) -> str:
    return "".join(letter for letter in title.casefold() if letter.isalnum())


def main() -> None:
    """Write the table."""
    matcher = shipped_matcher()
    for name, papers in sets_at_hand().items():
        sample = papers()
        counts = agreements(matcher, sample)
        for topic, found in [(f"{name}: {len(sample)} papers", micro(counts)), *sorted(counts.items())]:
            sys.stdout.write(f"{topic:44} P {found.precision:.2f} R {found.recall:.2f} F1 {found.f1:.3f}\n")


if __name__ == "__main__":
    main()

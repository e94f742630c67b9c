"""How well the rules of content/topics.yml agree with people: micro-averaged F1 against labels.

The labels in tests/topics/ were made by reading title and abstract and judging by the topics' descriptions,
one to three topics for every paper, the main one first, before looking at what the rules say. The errors of
`train` may be looked at, and a model may learn from it; those of `c` and `judge` never were, though who
labelled `judge` wrote rules afterwards: no phrase of theirs may be one that only `judge` has. The texts of
the shipped list are here; those of the other sets are not ours, and are read from the files that you name:

    PYTHONPATH=tests python -m support.topic_labels [--listings FILE.txt …] [--conference FILE.jsonl.xz]
"""

import argparse
import json
import lzma
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from papershelf.content.reader import read_content
from papershelf.core.model import Paper
from papershelf.core.project import Project
from papershelf.library.library import build_library
from papershelf.library.topic_model import TopicModel, topic_matches
from papershelf.library.topic_rules import Matcher, assign, compile_topics
from papershelf.library.topic_training import train
from papershelf.sources.hf_listing import READER
from papershelf.sources.parsed import ReadOptions
from papershelf.text import plain
from support.project import ROOT

LABELS = ROOT / "tests/topics"
FLOORS = {
    "listings, summaries": 0.77,
    "listings, abstracts": 0.77,
    "conference a": 0.82,
    "conference b": 0.79,
    "conference c": 0.77,
    "conference train": 0.85,
    "conference judge": 0.80,
    "conference judge, learned": 0.83,
}
CONFERENCE = ("a", "b", "c", "train", "judge")
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


def agreements(
    matcher: Matcher, papers: Sequence[Labelled], model: TopicModel | None = None
) -> dict[str, Agreement]:
    """For each topic how far the rules, and the model if there is one, agree with the reader."""
    counts = {topic.id: Agreement() for topic in matcher.topics}
    for paper in papers:
        given = assign(topic_matches(as_paper(paper), matcher, model))
        for topic in {*given, *paper.topics}:
            by_rules, by_reader = topic in given, topic in paper.topics
            counts[topic] += Agreement(
                by_rules and by_reader, by_rules and not by_reader, by_reader and not by_rules
            )
    return counts


def as_paper(labelled: Labelled) -> Paper:
    """A paper with the topics of the reader, as if they were decided."""
    return Paper(
        id=_key(labelled.title),
        title=labelled.title,
        abstract=labelled.text,
        categories=labelled.categories,
        topics=labelled.topics,
    )


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
    labels = read_labels("listings")
    return [
        Labelled(plain(paper.title), plain(paper.summary or ""), labels["", _key(paper.title)])
        for paper in library.papers.values()
        if ("", _key(paper.title)) in labels
    ]


def listings(files: Sequence[Path]) -> list[Labelled]:
    """The papers of the listings' documents with their abstracts."""
    found: dict[str, Labelled] = {}
    labels = read_labels("listings")
    for path in sorted(files):
        for entry in READER.read(path.read_text(encoding="utf-8"), path.name, ReadOptions()).entries:
            key = _key(entry.title)
            if entry.abstract and ("", key) in labels:
                found.setdefault(key, Labelled(entry.title, entry.abstract, labels["", key]))
    return list(found.values())


def conference(name: str, papers: Sequence[Mapping[str, str]]) -> list[Labelled]:
    """A labelled sample of these conference papers with their abstracts and keywords."""
    labels = read_labels(f"conference-{name}")
    return [
        Labelled(paper["title"], paper["abstract"], labels[place], _keywords(paper))
        for paper in papers
        if (place := (paper["listing"], _key(paper["title"]))) in labels
    ]


def sets_at_hand(documents: Sequence[Path], papers: Path | None) -> Iterator[tuple[str, list[Labelled]]]:
    """The labelled sets, by name, whose texts are in the repository or in these files."""
    yield "listings, summaries", shipped()
    if documents:
        yield "listings, abstracts", listings(documents)
    if papers:
        with lzma.open(papers, "rt", encoding="utf-8") as lines:
            read = [json.loads(line) for line in lines]
        for name in CONFERENCE:
            yield f"conference {name}", conference(name, read)


def read_labels(name: str) -> dict[Place, tuple[str, ...]]:
    """Topics by listing (empty for the shipped listings) and title."""
    lines = (LABELS / f"labels-{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {("".join(row[:-2]), _key(row[-2])): tuple(row[-1].split()) for row in rows}


def _keywords(paper: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(word.strip() for word in (paper.get("keywords") or "").split(";") if word.strip())


def _key(title: str) -> str:
    return "".join(letter for letter in title.casefold() if letter.isalnum())


def main() -> int:
    """Write the table; the exit code is 1 if a set's F1 is below its floor."""
    parser = argparse.ArgumentParser(prog="python -m support.topic_labels", description=main.__doc__)
    parser.add_argument(
        "--listings", type=Path, nargs="+", default=[], help="documents as `import` reads them"
    )
    parser.add_argument("--conference", type=Path, help="conference papers as compressed JSON Lines")
    named = parser.parse_args()
    matcher, is_below = shipped_matcher(), False
    sets = dict(sets_at_hand(named.listings, named.conference))
    examples = [as_paper(paper) for paper in sets.get("conference train", ())]
    model = train(matcher.topics, examples) if examples else None
    for name, papers in sets.items():
        is_below |= _report(name, papers, agreements(matcher, papers))
        if model and name != "conference train":
            is_below |= _report(f"{name}, learned", papers, agreements(matcher, papers, model))
    return int(is_below)


def _report(name: str, papers: Sequence[Labelled], counts: Mapping[str, Agreement]) -> bool:
    """Write the figures of a set; whether they are below its floor."""
    total = micro(counts)
    for topic, found in [(f"{name}: {len(papers)} papers", total), *sorted(counts.items())]:
        sys.stdout.write(f"{topic:48} P {found.precision:.2f} R {found.recall:.2f} F1 {found.f1:.3f}\n")
    return total.f1 < FLOORS.get(name, 0)


if __name__ == "__main__":
    sys.exit(main())

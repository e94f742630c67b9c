"""A reading list made of papers, as a curator would keep it, and its pages as Markdown."""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from bench.papers import Listings
from papershelf import pages
from papershelf.content import records
from papershelf.core.project import Project, find_project
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library.check import Failed, check
from papershelf.render import templates as render
from papershelf.theme.templates import Templates
from papershelf.views.context import SiteContext

TOPICS, PHRASES = 24, 12
CURATED = 20  # one paper in so many has a summary by hand
EDITED = "content/curation/edited.yml"
FOR_OUR_THEME = re.compile(r"^(?:template|section): .*\n", re.MULTILINE)
CONFIG = """title: Papers to measure with
description: Papers that the benchmark made, to see how long a build takes.
url: https://example.org/papers/
"""


def make(folder: Path, listings: Listings, words: Sequence[str]) -> Project:
    """Write a project with all the papers, 24 topics that look for some of the words, and curation."""
    folder.mkdir(parents=True)
    (folder / "site_config.yml").write_text(CONFIG, encoding="utf-8")
    texts = {listing.id: records.dump(listing, papers) for listing, papers in listings.items()}
    records.write(folder / "content", texts)
    (folder / "content/topics.yml").write_text(yaml.safe_dump(_topics(words)), encoding="utf-8")
    ids = [paper.id for papers in listings.values() for paper in papers]
    (folder / EDITED).parent.mkdir()
    edit(folder, ids[0], 0)
    decisions = [{"paper": name, "summary": _summary(name)} for name in ids[1::CURATED]]
    (folder / "content/curation/summaries.yml").write_text(yaml.safe_dump(decisions), encoding="utf-8")
    return find_project(folder)


def edit(folder: Path, paper: str, number: int) -> None:
    """Give a paper another summary, by hand."""
    decision = [{"paper": paper, "summary": f"{_summary(paper)} Edited {number} times."}]
    (folder / EDITED).write_text(yaml.safe_dump(decision), encoding="utf-8")


def _summary(name: str) -> str:
    return f"What {name.replace('-', ' ')} is about, in a sentence or two by hand."


def _topics(words: Sequence[str]) -> list[dict[str, object]]:
    """Topics that look for words which are neither rare nor common."""
    chance = random.Random(1)
    return [
        {
            "id": f"topic-{number:02}",
            "title": f"Topic {number}",
            "rules": [{"phrases": chance.sample(words[200:3000], PHRASES), "weight": 3}],
        }
        for number in range(TOPICS)
    ]


def markdown(project: Project) -> Iterator[tuple[str, str]]:
    """Path and Markdown of every page, as other generators get them: of the front, title and description."""
    checked = check(project, Cache.in_memory(), Workers())
    if isinstance(checked, Failed):
        raise TypeError(f"the benchmark's own content is broken: {checked.problems[0].message}")
    templates = Templates.read(project).install(project.build).folder
    words = render.load_words(templates)
    content = checked.content
    planned = pages.plan(SiteContext(checked.library, content.config, words, content.pages))
    made = (draft.content() for draft in planned)
    for path, text in render.render_all(made, render.environment(templates, words)):
        yield path, FOR_OUR_THEME.sub("", text, count=2)

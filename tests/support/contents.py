"""Small contents for tests, written as a curator reads them: records by listing, decisions as YAML."""

from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import dedent
from typing import Any

from papershelf.content.config import Config
from papershelf.content.curation import read_decisions
from papershelf.content.reader import Content
from papershelf.content.records import PlacedRecord, RecordFile
from papershelf.content.topics import Topic, read_topics
from papershelf.content.yaml import parse
from papershelf.core.model import Listing, Record, Role
from papershelf.core.problems import Location

CONFIG = Config(title="The Tea Shelf", description="Papers about tea.", url="https://example.org/tea/")
CURATION = "content/curation/tea.yml"
TOPICS = """\
- id: brewing
  title: Brewing
  threshold: 3
  rules:
    - weight: 3
      phrases: [steep*, brew]
    - weight: -5
      phrases: [coffee]
- id: kettles
  title: Kettles
  rules:
    - weight: 3
      phrases: [kettle]
- id: cups
  title: Cups
  rules:
    - weight: 2
      phrases: [cup]
- id: sugar
  title: Sugar
  rules:
    - weight: 4
      phrases: [sugar]
- id: milk
  title: Milk
  rules:
    - weight: 4
      phrases: [milk]
"""


def listing(
    name: str, captured: str | None, *entries: Mapping[str, Any], role: Role = "edition"
) -> RecordFile:
    """A listing's file; `id` and `position` of an entry are made from its title and place unless given."""
    file = f"content/papers/{name}.jsonl"
    day = captured and date.fromisoformat(captured)
    known = Listing(id=name, title=name, format="test", captured=day, role=role)
    records = (
        Record.model_validate({"id": _id(entry["title"]), "position": place} | dict(entry))
        for place, entry in enumerate(entries, start=1)
    )
    placed = (PlacedRecord(record, Location(file, line)) for line, record in enumerate(records, start=2))
    return RecordFile(known, tuple(placed), file)


def content(files: Sequence[RecordFile], decisions: str = "", topics: str = TOPICS) -> Content:
    """The content of these listings, with decisions and topics in YAML that must hold no mistake."""
    placed, problems = read_decisions(parse(dedent(decisions), CURATION))
    assert not problems, problems
    defined, places = _topics(topics)
    return Content(CONFIG, tuple(files), placed, defined, (), (), places)


def _topics(text: str) -> tuple[tuple[Topic, ...], Mapping[str, Location]]:
    document = parse(text, "content/topics.yml")
    defined, problems = read_topics(document)
    assert not problems, problems
    return defined, {topic.id: document.place((index,)) for index, topic in enumerate(defined)}


def _id(title: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in title).lower().split())

"""Half of a document: by topic, date, tag and number, with counts of what is left out."""

from collections.abc import Mapping
from typing import Any

import pytest

from papershelf.core.model import Record
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import GeneratorError
from papershelf.importing.selection import EVERYTHING, Selection, select
from support.contents import content

TOPICS = content(
    [],
    topics="""
- {id: tea, title: Tea, rules: [{weight: 3, phrases: [tea]}]}
- {id: kettles, title: Kettles, parent: tea, rules: [{weight: 3, phrases: [kettle]}]}
- {id: cups, title: Cups, rules: [{weight: 3, phrases: [cup]}]}
""",
).topics


def chosen(selection: Selection, *entries: Mapping[str, Any]) -> tuple[list[str], Mapping[str, int]]:
    records = [
        Record.model_validate({"id": f"p{place}", "position": place} | dict(entry))
        for place, entry in enumerate(entries, start=1)
    ]
    indices, left_out = select(records, selection, TOPICS)
    return [records[index].title for index in indices], left_out


PAPERS = (
    {"title": "On Kettles", "published": "2024-05-06", "categories": ["Hot Things"]},
    {"title": "On Cups", "published": "2023-01-01"},
    {"title": "On Spoons", "categories": ["hot things", "metal"]},
    {"title": "On Tea"},
)


@pytest.mark.parametrize(
    ("selection", "titles", "left_out"),
    [
        (EVERYTHING, ["On Kettles", "On Cups", "On Spoons", "On Tea"], {}),
        (
            Selection(only_matching=True),
            ["On Kettles", "On Cups", "On Tea"],
            {"matching no topic": 1},
        ),
        (
            Selection(topics=("tea",)),
            ["On Kettles", "On Tea"],
            {"matching no topic": 1, "not in tea": 1},
        ),
        (Selection(tags=("HOT things",)), ["On Kettles", "On Spoons"], {"without the tag HOT things": 2}),
        (
            Selection(since=PartialDate(2024)),
            ["On Kettles"],
            {"without a date": 2, "before 2024": 1},
        ),
        (Selection(limit=1), ["On Kettles"], {"beyond the first 1": 3}),
        (Selection(tags=("metal",), limit=5), ["On Spoons"], {"without the tag metal": 3}),
    ],
)
def test_what_is_wanted_is_kept_and_the_rest_is_counted(
    selection: Selection, titles: list[str], left_out: Mapping[str, int]
) -> None:
    assert chosen(selection, *PAPERS) == (titles, left_out)


def test_an_unknown_topic_is_named_with_those_there_are() -> None:
    with pytest.raises(GeneratorError, match="there is no topic 'milk'; known: cups, kettles, tea"):
        chosen(Selection(topics=("milk",)), *PAPERS)

"""The table of fields agrees with the models; where it does not, the message names the line to add."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields

import pytest

from papershelf.content.curation import Decision
from papershelf.core.fields import FIELDS, PaperField
from papershelf.core.model import Paper, Record
from papershelf.exports.schema import PaperData
from papershelf.sources.parsed import Entry


@dataclass(frozen=True)
class Model:
    """A model of a paper.

    path: its module. attributes: the names of all its attributes. own: those that are not fields of a paper.
    argument: what a line of the table says if this model has the field, the attribute's name to be filled in.
    in_table: the attributes that the table says it has.
    """

    path: str
    attributes: AbstractSet[str]
    own: AbstractSet[str]
    argument: str
    in_table: AbstractSet[str]


def dataclass_names(model: type[Paper | Entry]) -> AbstractSet[str]:
    return {field.name for field in dataclass_fields(model)}


MODELS = {
    "Entry": Model(
        "sources/parsed.py",
        dataclass_names(Entry),
        {"line", "title", "abstract", "authors", "links", "published_inferred"},
        ', imported=True, record="{}"',
        {field.name for field in FIELDS if field.imported},
    ),
    "Record": Model(
        "core/model.py",
        Record.model_fields.keys(),
        {"id", "position", "inferred"},
        ', record="{}"',
        {field.record for field in FIELDS if field.record},
    ),
    "Decision": Model(
        "content/curation.py",
        Decision.model_fields.keys(),
        {
            "paper",
            "add_topics",
            "drop_topics",
            "code",
            "drop_code",
            "hide",
            "same_as",
            "different_from",
            "slug",
        },
        ', decision="{}"',
        {field.decision for field in FIELDS if field.decision},
    ),
    "Paper": Model(
        "core/model.py",
        dataclass_names(Paper),
        {"id", "former_ids", "appearances", "edit", "origin"},
        "",
        {field.name for field in FIELDS},
    ),
    "PaperData": Model(
        "exports/schema.py",
        PaperData.model_fields.keys(),
        {"id", "page", "citation_key", "orcids", "editions", "former_ids"},
        "",
        {field.name for field in FIELDS},
    ),
}


@pytest.mark.parametrize("name", MODELS)
def test_a_model_has_every_field_that_the_table_says_it_has(name: str) -> None:
    model = MODELS[name]
    missing = [f"add to {name} in {model.path}: {each}: …" for each in model.in_table - model.attributes]

    assert not missing


@pytest.mark.parametrize("name", MODELS)
def test_the_table_has_every_field_of_a_model(name: str) -> None:
    model = MODELS[name]
    missing = [
        f'add to FIELDS in core/fields.py: PaperField("{each}"{model.argument.format(each)})'
        for each in model.attributes - model.own - model.in_table
    ]

    assert not missing


def test_a_field_has_one_line() -> None:
    names = [field.name for field in FIELDS]

    assert sorted(names) == sorted(set(names))


def test_the_columns_of_the_csv_follow_the_id_without_a_gap() -> None:
    columns = sorted(field.column for field in FIELDS if field.column)

    assert columns == list(range(2, len(columns) + 2))


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_that_is_imported_or_has_a_rule_of_merging_is_in_records(field: PaperField) -> None:
    assert not field.imported or field.record == field.name
    assert field.merge == "newest" or field.record

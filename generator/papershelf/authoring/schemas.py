"""JSON Schemas of the hand-written files for editors, generated from the models.

Editors parse `3`, `no` and `2501.12340` as a number, a boolean and a number, where Papershelf takes the text
literally; a schema accepts both. It accepts everything that `papershelf check` accepts.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from papershelf.authoring.examples import EXAMPLES, FileKind
from papershelf.content.authors import CuratedAuthor
from papershelf.content.collections import CollectionFile
from papershelf.content.config import Config
from papershelf.content.curation import CodeLink, Decision
from papershelf.content.topics import Topic

Schema = Mapping[str, Any]

FOLDER = "content/schemas"
INTEGER = r"^[+-]?[0-9]+$"
NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
BOOLEAN = r"^([Yy]es|YES|[Nn]o|NO|[Tt]rue|TRUE|[Ff]alse|FALSE|[Oo]n|ON|[Oo]ff|OFF)$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_WRITTEN_ALONE: Mapping[type, str] = {CodeLink: "url", CuratedAuthor: "name"}
"""Models that one of their fields may stand for."""
_NUMBER_LIKE = ("7", "2024", "2501.12340", "1e5")
_BOOLEAN_LIKE = ("true", "false", "yes", "no")


@dataclass(frozen=True, slots=True)
class FileFormat:
    """The model and title of a kind of file, and the path by which such a file refers to its schema."""

    adapter: TypeAdapter[Any]
    title: str
    reference: str


KINDS: Mapping[FileKind, FileFormat] = {
    "curation": FileFormat(
        TypeAdapter(tuple[Decision, ...]), "Decisions about papers", "../schemas/curation.json"
    ),
    "topics": FileFormat(TypeAdapter(tuple[Topic, ...]), "Topics and their rules", "schemas/topics.json"),
    "collection": FileFormat(TypeAdapter(CollectionFile), "A reading path", "../schemas/collection.json"),
    "site_config": FileFormat(
        TypeAdapter(Config), "Settings of the site", "content/schemas/site_config.json"
    ),
}


def schema(kind: FileKind) -> Schema:
    """The JSON Schema (2020-12) of a kind of file."""
    generated = KINDS[kind].adapter.json_schema(schema_generator=_SchemaGenerator)
    for name, field in fields(generated).items():
        field["examples"] = [EXAMPLES[kind][name]] if name in EXAMPLES[kind] else []
    return {"$schema": _SchemaGenerator.schema_dialect, "title": KINDS[kind].title, **generated}


def fields(part: Schema, whole: Schema | None = None) -> Mapping[str, dict[str, Any]]:
    """Name and schema of each field of a value or of a list's entries; `whole` holds the definitions."""
    whole = whole or part
    if "$ref" in part:
        return fields(whole["$defs"][part["$ref"].rpartition("/")[2]], whole)
    found: Mapping[str, dict[str, Any]] = part.get("properties", {})
    return found or (fields(part["items"], whole) if "items" in part else {})


def texts() -> Mapping[str, str]:
    """Every schema as JSON, by the name of its file in `FOLDER`."""
    return {f"{kind}.json": text(kind) for kind in KINDS}


def text(kind: FileKind) -> str:
    """The schema of a kind of file as JSON."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False, default=str) + "\n"


class _SchemaGenerator(GenerateJsonSchema):
    """pydantic's schemas, widened to the types that a YAML parser gives to unquoted scalars."""

    def field_title_should_be_set(self, _schema: object) -> bool:
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        generated = super().str_schema(schema)
        pattern = generated.get("pattern", "")
        if pattern:
            generated["pattern"] = pattern.replace('\\"', '"')  # JavaScript has no such escape
        types = ["string"]
        types += ["number"] if any(re.search(pattern, like) for like in _NUMBER_LIKE) else []
        types += ["boolean"] if any(re.search(pattern, like) for like in _BOOLEAN_LIKE) else []
        return {**generated, "type": types if len(types) > 1 else "string"}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": INTEGER}

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        return {**super().float_schema(schema), "type": ["number", "string"], "pattern": NUMBER}

    def bool_schema(self, _schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"type": ["boolean", "string"], "pattern": BOOLEAN}

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        return {**super().date_schema(schema), "pattern": DAY}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """An optional field may be absent, but not empty."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        generated = super().default_schema(schema)
        return {key: value for key, value in generated.items() if key != "default" or value not in (None, [])}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        generated = super().model_schema(schema)
        del generated["title"]
        alone = _WRITTEN_ALONE.get(schema["cls"])
        return {"anyOf": [generated["properties"][alone], generated]} if alone else generated

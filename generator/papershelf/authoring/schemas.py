"""JSON Schemas of the files that people write, made from the models, for the editors that know them.

Editors read `3`, `no` and `2501.12340` as number, truth value and number where Papershelf reads the text as
it stands, so a schema takes both. A schema refuses nothing that `papershelf check` takes.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from papershelf.authoring.examples import EXAMPLES, Kind
from papershelf.content.collections import CollectionFile
from papershelf.content.config import Config
from papershelf.content.curation import CodeLink, Decision
from papershelf.content.topics import Topic

Schema = Mapping[str, Any]

FOLDER = "content/schemas"
INTEGER = r"^[+-]?[0-9]+$"
NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
TRUTH = r"^([Yy]es|YES|[Nn]o|NO|[Tt]rue|TRUE|[Ff]alse|FALSE|[Oo]n|ON|[Oo]ff|OFF)$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_LIKE_NUMBERS = ("7", "2024", "2501.12340", "1e5")
_LIKE_TRUTHS = ("true", "false", "yes", "no")


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file: what it says, and how a file of this kind names its schema."""

    adapter: TypeAdapter[Any]
    title: str
    reference: str


KINDS: Mapping[Kind, File] = {
    "curation": File(TypeAdapter(tuple[Decision, ...]), "Decisions about papers", "../schemas/curation.json"),
    "topics": File(TypeAdapter(tuple[Topic, ...]), "Topics and their rules", "schemas/topics.json"),
    "collection": File(TypeAdapter(CollectionFile), "A reading path", "../schemas/collection.json"),
    "site_config": File(TypeAdapter(Config), "Settings of the site", "content/schemas/site_config.json"),
}


def schema(kind: Kind) -> Schema:
    """The JSON Schema (2020-12) of a kind of file."""
    made = KINDS[kind].adapter.json_schema(schema_generator=_Generator)
    for name, said in fields(made).items():
        said["examples"] = [EXAMPLES[kind][name]] if name in EXAMPLES[kind] else []
    return {"$schema": _Generator.schema_dialect, "title": KINDS[kind].title, **made}


def fields(part: Schema, whole: Schema | None = None) -> Mapping[str, dict[str, Any]]:
    """What may be said by the entries of a list, or by a value: the name of each field with its schema."""
    whole = whole or part
    if "$ref" in part:
        return fields(whole["$defs"][part["$ref"].rpartition("/")[2]], whole)
    found: Mapping[str, dict[str, Any]] = part.get("properties", {})
    return found or (fields(part["items"], whole) if "items" in part else {})


def texts() -> Mapping[str, str]:
    """Every schema as JSON, by the name of its file in `FOLDER`."""
    return {f"{kind}.json": text(kind) for kind in KINDS}


def text(kind: Kind) -> str:
    """The schema of a kind of file as JSON."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False, default=str) + "\n"


class _Generator(GenerateJsonSchema):
    """What pydantic says of the models, in the words of those who see YAML's own types."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        made = super().str_schema(schema)
        pattern = made.get("pattern", "")
        if pattern:
            made["pattern"] = pattern.replace('\\"', '"')  # JavaScript knows no such escape
        types = ["string"]
        types += ["number"] if any(re.search(pattern, like) for like in _LIKE_NUMBERS) else []
        types += ["boolean"] if any(re.search(pattern, like) for like in _LIKE_TRUTHS) else []
        return {**made, "type": types if len(types) > 1 else "string"}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": INTEGER}

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        return {**super().float_schema(schema), "type": ["number", "string"], "pattern": NUMBER}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:  # noqa: ARG002
        return {"type": ["boolean", "string"], "pattern": TRUTH}

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        return {**super().date_schema(schema), "pattern": DAY}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A field that may be absent may still not be empty."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        return {key: value for key, value in made.items() if key != "default" or value not in (None, [])}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        del made["title"]
        if schema["cls"] is CodeLink:
            return {"anyOf": [made["properties"]["url"], made]}
        return made

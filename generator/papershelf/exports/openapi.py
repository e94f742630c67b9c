"""What the published data is: an index, JSON Schemas, and an OpenAPI document, all made from the shapes."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from pydantic.json_schema import models_json_schema

from papershelf.citations import CslItem
from papershelf.core import urls
from papershelf.core.model import SLUG
from papershelf.exports import schema as shapes
from papershelf.exports.papers import PAGE_SIZE
from papershelf.exports.published import Published
from papershelf.exports.schema import Shape
from papershelf.incremental.output import Output

VERSION: Final = 1
Shaped: TypeAlias = type[Shape] | type[CslItem]
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_JSON: Final = "application/json"
_OTHERS: Final = {
    "bib": ("application/x-bibtex", "BibTeX"),
    "ris": ("application/x-research-info-systems", "RIS"),
    "csv": ("text/csv", "CSV"),
    "jsonl": ("application/jsonl", "JSON Lines, each one PaperData"),
}
SHAPES: Final[Mapping[str, type[Shape]]] = {
    "index.json": shapes.Index,
    "papers.json": shapes.PaperPage,
    "papers-{number}.json": shapes.PaperPage,
    "papers/{id}.json": shapes.PaperData,
    "topics.json": shapes.TopicList,
    "topics/{id}.json": shapes.TopicData,
    "editions.json": shapes.EditionList,
    "editions/{id}.json": shapes.EditionData,
    "code.json": shapes.Code,
    "collections.json": shapes.CollectionList,
    "collections/{id}.json": shapes.CollectionData,
}
_WHOLE: Final = ("papers.jsonl", "papers.csv", "papers.bib")
_CITED: Final = ("bib", "csl.json", "ris")
_COLLECTIONS: Final = tuple(f"collections/{{id}}.{suffix}" for suffix in _CITED)
_ALL_FORMATS: Final = (
    *("papers/{id}.json", "papers/{id}.csl.json", "papers/{id}.ris", "papers.csl.json", "papers.ris"),
    *(f"topics/{{id}}.{suffix}" for suffix in _CITED),
)


def describing(published: Published) -> Iterator[Output[bytes]]:
    """`index.json`, `schema.json` and `openapi.json`."""
    names = _names(published)
    yield Output(urls.data("index.json"), _index, (_said(published, names),))
    yield Output(urls.data("schema.json"), _schema, ())
    config, examples = published.context.config, _examples(published)
    yield Output(
        urls.data("openapi.json"),
        _openapi,
        (config.title, config.description, published.site, names, examples),
    )


def _names(published: Published) -> tuple[str, ...]:
    """The files that are published, {id} and {number} standing for what differs."""
    library = published.context.library
    names = dict.fromkeys((*SHAPES, *_WHOLE, *_ALL_FORMATS, *_COLLECTIONS))
    left_out = () if published.context.all_formats else _ALL_FORMATS
    missing = {
        "topics/": not library.topics,
        "editions/": not library.listings,
        "collections/": not library.collections,
        "papers/": not library.papers,
        "papers-": len(published.pieces) <= PAGE_SIZE,
    }
    return tuple(
        name
        for name in names
        if name not in left_out
        and not any(gone and name.startswith(start) for start, gone in missing.items())
    )


def _examples(published: Published) -> tuple[tuple[str, str], ...]:
    """A value for what differs in the names of each folder's files, where it has any."""
    library = published.context.library
    first = {
        "papers": next(iter(library.papers), None),
        "topics": library.topics[0].id if library.topics else None,
        "editions": library.listings[0].id if library.listings else None,
        "collections": library.collections[0].id if library.collections else None,
    }
    return tuple((folder, name) for folder, name in first.items() if name)


def _said(published: Published, names: tuple[str, ...]) -> shapes.Index:
    library, config = published.context.library, published.context.config
    return shapes.Index(
        title=config.title,
        description=config.description,
        site=published.site or None,
        version=VERSION,
        commit=published.commit or None,
        papers=len(library.papers),
        topics=len(library.topics),
        editions=len(library.listings),
        collections=len(library.collections),
        repositories=len(library.in_repository),
        files=names,
    )


def _index(index: shapes.Index) -> bytes:
    return index.model_dump_json(exclude_none=True, indent=2).encode() + b"\n"


def _schema() -> bytes:
    return _dump({"$schema": _DIALECT, "$defs": _definitions("#/$defs/{model}")})


def _definitions(template: str) -> dict[str, Any]:
    known: list[tuple[Shaped, Literal["validation"]]] = [(each, "validation") for each in SHAPES.values()]
    _, made = models_json_schema([*known, (CslItem, "validation")], ref_template=template)
    return dict(made["$defs"])


def _openapi(
    title: str, description: str, site: str, names: tuple[str, ...], examples: tuple[tuple[str, str], ...]
) -> bytes:
    return _dump(
        {
            "openapi": "3.1.0",
            "info": {"title": title, "description": description, "version": str(VERSION)},
            "servers": [{"url": f"{site}{urls.data('')}" if site else "."}],
            "paths": {f"/{name}": {"get": _operation(name, dict(examples))} for name in names},
            "components": {"schemas": _definitions("#/components/schemas/{model}")},
        }
    )


def _operation(name: str, examples: Mapping[str, str]) -> dict[str, Any]:
    answer, parameters = _answer(name), _parameters(name, examples)
    responses = {"200": answer}
    if parameters:
        responses["404"] = {"description": "There is none of that name.", "content": {"text/html": {}}}
    return {
        "operationId": name,
        "summary": answer["description"],
        "parameters": parameters,
        "responses": responses,
    }


def _parameters(name: str, examples: Mapping[str, str]) -> list[dict[str, Any]]:
    if "{number}" in name:
        return [_parameter("number", {"type": "integer", "minimum": 2}, 2, "Number of the page.")]
    if "{id}" in name:
        folder = name.partition("/")[0]
        schema = {"type": "string", "pattern": SLUG}
        return [_parameter("id", schema, examples[folder], f"An id, as {folder}.json has it.")]
    return []


def _parameter(name: str, schema: Mapping[str, Any], example: object, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema,
        "example": example,
    }


def _answer(name: str) -> dict[str, Any]:
    if name in SHAPES:
        shape = SHAPES[name]
        return _content(_JSON, {"$ref": f"#/components/schemas/{shape.__name__}"}, shape.__doc__ or "")
    if name.endswith(".csl.json"):
        items = {"type": "array", "items": {"$ref": "#/components/schemas/CslItem"}}
        return _content(_JSON, items, "Papers as CSL-JSON.")
    kind, said = _OTHERS[name.rpartition(".")[2]]
    return _content(kind, {"type": "string"}, f"Papers as {said}.")


def _content(kind: str, schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {"description": description, "content": {kind: {"schema": schema}}}


def _dump(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

"""The description of the published data: an index, JSON Schemas, and an OpenAPI document."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from pydantic.json_schema import models_json_schema

from papershelf.citations import CslItem
from papershelf.core import urls
from papershelf.core.model import SLUG
from papershelf.exports import schema
from papershelf.exports.groups import data_groups
from papershelf.exports.papers import PAGE_SIZE
from papershelf.exports.published import Published
from papershelf.exports.schema import Shape
from papershelf.incremental.output import Output
from papershelf.views.taxonomy import COLLECTIONS, EDITIONS, REPOSITORIES, TOPICS

VERSION: Final = 1
ModelType: TypeAlias = type[Shape] | type[CslItem]
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_JSON: Final = "application/json"
_OTHERS: Final = {
    "bib": ("application/x-bibtex", "BibTeX"),
    "ris": ("application/x-research-info-systems", "RIS"),
    "csv": ("text/csv", "CSV"),
    "jsonl": ("application/jsonl", "JSON Lines, each one PaperData"),
}
_PAPER_SHAPES: Final[Mapping[str, type[Shape]]] = {
    "index.json": schema.Index,
    "papers.json": schema.PaperPage,
    "papers-{number}.json": schema.PaperPage,
    "papers/{id}.json": schema.PaperData,
}
_GROUP_SHAPES: Final[Mapping[str, tuple[type[Shape], ...]]] = {
    TOPICS.id: (schema.TopicList, schema.TopicData),
    EDITIONS.id: (schema.EditionList, schema.EditionData),
    REPOSITORIES.id: (schema.Code,),
    COLLECTIONS.id: (schema.CollectionList, schema.CollectionData),
}
_DEFAULT_GROUP_SHAPES: Final = (schema.GroupList, schema.GroupData)
_WHOLE: Final = ("papers.jsonl", "papers.csv", "papers.bib")
_CITED: Final = ("bib", "csl.json", "ris")
_ALL_FORMATS: Final = (
    *("papers/{id}.json", "papers/{id}.csl.json", "papers/{id}.ris"),
    *("papers.csl.json", "papers.ris"),
)


def openapi(published: Published) -> Iterator[Output[bytes]]:
    """`index.json`, `schema.json` and `openapi.json`."""
    names, taxonomies = _names(published), tuple(each.id for each in published.context.taxonomies)
    yield Output(urls.data("index.json"), _index, (_index_of(published, names),))
    yield Output(urls.data("schema.json"), _schema, (taxonomies,))
    config, examples = published.context.config, _examples(published)
    yield Output(
        urls.data("openapi.json"),
        _openapi,
        (published.site, (config.title, config.description), names, examples, taxonomies),
    )


def _shapes(taxonomies: Iterable[str]) -> Mapping[str, type[Shape]]:
    """The shape of each JSON file by its name, {id} and {number} standing for the parts that vary."""
    shapes = dict(_PAPER_SHAPES)
    for taxonomy in taxonomies:
        of_list, *of_group = _GROUP_SHAPES.get(taxonomy, _DEFAULT_GROUP_SHAPES)
        shapes[f"{taxonomy}.json"] = of_list
        shapes.update((f"{taxonomy}/{{id}}.json", shape) for shape in of_group)
    return shapes


def _names(published: Published) -> tuple[str, ...]:
    """The names of all published files, {id} and {number} standing for the parts that vary."""
    context = published.context
    shapes = _shapes(each.id for each in context.taxonomies)
    with_citations = filter(context.has_citations, context.taxonomies)
    cited = [f"{taxonomy.id}/{{id}}.{suffix}" for taxonomy in with_citations for suffix in _CITED]
    names = dict.fromkeys((*shapes, *_WHOLE, *_ALL_FORMATS, *cited))
    left_out = () if context.all_formats else _ALL_FORMATS
    missing = {
        "papers/": not context.library.papers,
        "papers-": len(published.formats) <= PAGE_SIZE,
        **{f"{taxonomy.id}/": not data_groups(published, taxonomy) for taxonomy in context.taxonomies},
    }
    return tuple(
        name
        for name in names
        if name not in left_out
        and not any(is_missing and name.startswith(start) for start, is_missing in missing.items())
    )


def _examples(published: Published) -> tuple[tuple[str, str], ...]:
    """A value for {id} in the names of each folder's files, if there is one."""
    context = published.context
    first = {
        "papers": next(iter(context.library.papers), None),
        **{
            taxonomy.id: next((group.id for group in data_groups(published, taxonomy)), None)
            for taxonomy in context.taxonomies
        },
    }
    return tuple((folder, name) for folder, name in first.items() if name)


def _index_of(published: Published, names: tuple[str, ...]) -> schema.Index:
    library, config = published.context.library, published.context.config
    return schema.Index(
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


def _index(index: schema.Index) -> bytes:
    return index.model_dump_json(exclude_none=True, indent=2).encode() + b"\n"


def _schema(taxonomies: tuple[str, ...]) -> bytes:
    return _dump({"$schema": _DIALECT, "$defs": _definitions("#/$defs/{model}", _shapes(taxonomies))})


def _definitions(template: str, shapes: Mapping[str, type[Shape]]) -> dict[str, Any]:
    known: list[tuple[ModelType, Literal["validation"]]] = [(each, "validation") for each in shapes.values()]
    _, made = models_json_schema([*known, (CslItem, "validation")], ref_template=template)
    return dict(made["$defs"])


def _openapi(
    site: str,
    title_and_description: tuple[str, str],
    names: tuple[str, ...],
    examples: tuple[tuple[str, str], ...],
    taxonomies: tuple[str, ...],
) -> bytes:
    shapes, values = _shapes(taxonomies), dict(examples)
    title, description = title_and_description
    return _dump(
        {
            "openapi": "3.1.0",
            "info": {"title": title, "description": description, "version": str(VERSION)},
            "servers": [{"url": f"{site}{urls.data('')}" if site else "."}],
            "paths": {
                f"/{name}": {"get": _operation(name, _response(name, shapes.get(name)), values)}
                for name in names
            },
            "components": {"schemas": _definitions("#/components/schemas/{model}", shapes)},
        }
    )


def _operation(name: str, response: dict[str, Any], examples: Mapping[str, str]) -> dict[str, Any]:
    parameters = _parameters(name, examples)
    responses = {"200": response}
    if parameters:
        responses["404"] = {"description": "There is none of that name.", "content": {"text/html": {}}}
    return {
        "operationId": name,
        "summary": response["description"],
        "parameters": parameters,
        "responses": responses,
    }


def _parameters(name: str, examples: Mapping[str, str]) -> list[dict[str, Any]]:
    if "{number}" in name:
        return [_parameter("number", {"type": "integer", "minimum": 2}, 2, "Number of the page.")]
    if "{id}" in name:
        folder = name.partition("/")[0]
        slug = {"type": "string", "pattern": SLUG}
        return [_parameter("id", slug, examples[folder], f"An id, as {folder}.json has it.")]
    return []


def _parameter(name: str, of_type: Mapping[str, Any], example: object, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": of_type,
        "example": example,
    }


def _response(name: str, shape: type[Shape] | None) -> dict[str, Any]:
    """What a file holds; `shape` is that of JSON other than CSL-JSON."""
    if shape:
        return _content(_JSON, {"$ref": f"#/components/schemas/{shape.__name__}"}, shape.__doc__ or "")
    if name.endswith(".csl.json"):
        items = {"type": "array", "items": {"$ref": "#/components/schemas/CslItem"}}
        return _content(_JSON, items, "Papers as CSL-JSON.")
    media_type, label = _OTHERS[name.rpartition(".")[2]]
    return _content(media_type, {"type": "string"}, f"Papers as {label}.")


def _content(media_type: str, of_type: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": of_type}}}


def _dump(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

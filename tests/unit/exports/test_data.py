"""The published data: read by independent parsers, validated against its schema, and never reduced."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rispy
import schemathesis
from bibtexparser.entrypoint import parse_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from schemathesis.core.result import Ok

from papershelf import exports
from papershelf.content.config import FEW_PAPERS, Config, Publish
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.core.partial_date import PATTERN, PartialDate
from papershelf.core.person import Author
from papershelf.exports.paper_formats import row
from papershelf.exports.papers import PAGE_SIZE
from papershelf.incremental.cache import Cache
from papershelf.render import templates
from papershelf.views.context import SiteContext
from support.fabricated import ABOUT, CONFIG, FULL, PAPERS, hostile_papers, library
from support.people import named
from support.project import ROOT
from support.site import formats
from support.strategies import ANY_TEXT

WORDS = templates.load_words(ROOT / "templates")
FIELDS = Path(__file__).parent / "api-v1.txt"
SHELF_PAPERS = (*PAPERS, *hostile_papers())
MANY = tuple(
    replace(FULL, id=f"paper-{number}", title=f"Tea {number}") for number in range(PAGE_SIZE * 2 + 1)
)


def published(
    folder: Path, papers: tuple[Paper, ...] = SHELF_PAPERS, config: Config = CONFIG
) -> exports.Published:
    context = SiteContext(library(papers), config, WORDS, (ABOUT,))
    return exports.Published(context, (), 0, formats(context, Cache(folder)), "c0ffee")


def files(site: exports.Published) -> Mapping[str, bytes]:
    """The published data by the path below `api/v1/`."""
    made = {each.path: each.content() for each in exports.plan(site) if each.path.startswith("api/")}
    return {path.removeprefix(urls.data("")): content for path, content in made.items()}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    return files(published(tmp_path_factory.mktemp("formats")))


def described(document: Mapping[str, Any], name: str) -> str:
    """The path in the OpenAPI document that stands for a file."""
    folder, _, file = name.rpartition("/")
    general = f"{folder}/{{id}}.{file.partition('.')[2]}" if folder else name
    general = "papers-{number}.json" if name.startswith("papers-") else general
    return f"/{general}" if f"/{general}" in document["paths"] else ""


def test_every_file_is_described_and_every_description_has_a_file(tmp_path: Path) -> None:
    for papers, all_formats in ((SHELF_PAPERS, True), (MANY, False), ((), True)):
        config = CONFIG.model_copy(update={"publish": Publish(all_formats=all_formats)})
        made = files(published(tmp_path, papers, config))
        document = json.loads(made["openapi.json"])
        others = {name for name in made if name not in {"openapi.json", "schema.json"}}

        assert {described(document, name) for name in others} == set(document["paths"])
        assert {f"/{name}" for name in json.loads(made["index.json"])["files"]} == set(document["paths"])


def test_all_json_is_as_its_schema_says(data: Mapping[str, bytes]) -> None:
    document, schema = json.loads(data["openapi.json"]), json.loads(data["schema.json"])
    validators = dict(_validators(document, schema))
    for name, content in data.items():
        for validator in validators.get(described(document, name), ()):
            assert [error.message for error in validator.iter_errors(json.loads(content))] == [], name
    assert len(validators) == sum(path.endswith(".json") for path in document["paths"])


def _validators(
    document: Mapping[str, Any], schema: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[Draft202012Validator, ...]]]:
    """For each path of JSON the validators of the OpenAPI document and of schema.json."""
    for path, said in document["paths"].items():
        content = said["get"]["responses"]["200"]["content"]
        if "application/json" in content:
            asked = json.dumps(content["application/json"]["schema"])
            alone = json.loads(asked.replace("#/components/schemas/", "#/$defs/"))
            both = ({**json.loads(asked), "components": document["components"]}, {**schema, **alone})
            for each in both:
                Draft202012Validator.check_schema(each)
            exact = [json.loads(json.dumps(each), object_hook=_without_further_fields) for each in both]
            yield path, tuple(Draft202012Validator(each, format_checker=FormatChecker()) for each in exact)


def _without_further_fields(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "additionalProperties": False} if "properties" in schema else schema


def test_schemas_allow_the_fields_of_later_versions(data: Mapping[str, bytes]) -> None:
    schema = json.loads(data["schema.json"])
    paper = json.loads(data[f"papers/{FULL.id}.json"])
    asked = {**schema, "$ref": "#/$defs/PaperData"}

    assert Draft202012Validator(asked).is_valid({**paper, "a_later_field": 1})
    assert b'"additionalProperties":false' not in data["openapi.json"].replace(b" ", b"")


def test_the_table_says_that_it_is_utf_8(data: Mapping[str, bytes]) -> None:
    assert data["papers.csv"].startswith(codecs.BOM_UTF8 + b"id,")


def test_every_field_is_described_and_none_was_taken_away(data: Mapping[str, bytes]) -> None:
    definitions = json.loads(data["schema.json"])["$defs"]
    fields = {
        f"{name}.{field}": said
        for name, shape in definitions.items()
        for field, said in shape["properties"].items()
    }
    stored = FIELDS.read_text("utf-8").split()

    assert [name for name, said in fields.items() if "description" not in said] == []
    assert sorted(set(stored) - fields.keys()) == [], "readers of version 1 count on these"
    assert sorted(fields.keys() - set(stored)) == [], f"new ones are written into {FIELDS.name}"


def test_the_list_of_papers_is_whole_and_in_order(tmp_path: Path) -> None:
    made = files(published(tmp_path, MANY))
    names, entries, name = list[str](), list[str](), "papers.json"
    while name:
        page = json.loads(made[name])
        assert page["total"] == len(MANY)
        assert page.get("previous") == (names[-1] if names else None)
        names.append(name)
        entries += [paper["id"] for paper in page["papers"]]
        name = page.get("next")

    assert len(names) == 3
    assert entries == [paper.id for paper in MANY]


def test_every_format_has_every_paper(data: Mapping[str, bytes]) -> None:
    papers = [json.loads(line) for line in data["papers.jsonl"].decode().split("\n")[:-1]]
    keys = [paper["citation_key"] for paper in papers]

    assert [paper["id"] for paper in papers] == [paper.id for paper in SHELF_PAPERS]
    assert papers == [json.loads(data[f"papers/{paper['id']}.json"]) for paper in papers]
    assert [entry.key for entry in parse_string(data["papers.bib"].decode()).entries] == keys
    assert [record["id"] for record in rispy.loads(data["papers.ris"].decode())] == keys
    assert [item["id"] for item in json.loads(data["papers.csl.json"])] == keys
    assert [json.loads(data[f"papers/{paper['id']}.csl.json"])[0]["id"] for paper in papers] == keys
    table = list(csv.DictReader(io.StringIO(data["papers.csv"].decode("utf-8-sig"), newline="")))
    assert [line["id"] for line in table] == [paper["id"] for paper in papers]


def test_authors_are_plain_names_with_their_orcids_beside_them(tmp_path: Path) -> None:
    authors = (Author(name="Kettle, Ada", orcid="0000-0002-1825-0097"), *named("{Meta AI}"))
    paper = replace(FULL, authors=authors, more_authors=True)

    made = json.loads(files(published(tmp_path, (paper,)))["papers.jsonl"])

    assert made["authors"] == ["Ada Kettle", "Meta AI"]
    assert made["orcids"] == ["0000-0002-1825-0097", None]
    assert made["more_authors"] is True


def test_a_paper_says_what_is_known_and_leaves_out_the_rest(data: Mapping[str, bytes]) -> None:
    full = json.loads(data[f"papers/{FULL.id}.json"])

    assert full["title"] == "How Long to Steep: Minutes or [Hours]? A_b Study"
    assert full["authors"] == list(map(str, FULL.authors))
    assert full["links"][2] == {
        "url": "https://github.com/teapot/steep_it/tree/main/code",
        "kind": "repository",
        "official": True,
    }
    assert full["page"] == f"papers/{FULL.id}/"
    assert json.loads(data["papers/nothing-but-a-title.json"]) == {
        "id": "nothing-but-a-title",
        "title": "Nothing but a Title",
        "page": "papers/nothing-but-a-title/",
        "citation_key": "nothingbut",
        "editions": [{"edition": "tea-daily-2024-10-02", "position": 3}],
    }


@pytest.mark.parametrize("published_on", ["2023", "2023-05", "2023-05-12"])
def test_a_date_is_said_as_far_as_it_is_known(tmp_path: Path, published_on: str) -> None:
    paper = replace(FULL, published=PartialDate.parse(published_on))
    made = files(published(tmp_path, (paper,)))
    full = json.loads(made[f"papers/{paper.id}.json"])
    definitions = json.loads(made["schema.json"])["$defs"]
    (row_of_table,) = csv.DictReader(io.StringIO(made["papers.csv"].decode(), newline=""))

    assert full["published"] == row_of_table["published"] == published_on
    Draft202012Validator(definitions["PaperData"] | {"$defs": definitions}).validate(full)
    assert {"type": "string", "pattern": PATTERN} in definitions["PaperData"]["properties"]["published"][
        "anyOf"
    ]


def test_groups_name_their_papers(data: Mapping[str, bytes]) -> None:
    brewing = json.loads(data["topics/brewing.json"])
    ids = [paper["id"] for paper in brewing["papers"]]

    assert brewing["count"] == len(ids)
    assert FULL.id in ids
    assert len(parse_string(data["topics/brewing.bib"].decode()).entries) == len(ids)
    assert len(rispy.loads(data["topics/brewing.ris"].decode())) == len(ids)
    path = json.loads(data["collections/first-cups.json"])
    assert path["papers"][0]["note"].startswith("The **idea**")
    assert len(json.loads(data["collections/first-cups.csl.json"])) == path["count"] == 3
    edition = json.loads(data["editions/tea-daily-2024-10-02.json"])
    assert [paper["id"] for paper in edition["papers"]] == ["shay", FULL.id, "nothing-but-a-title"]
    code = json.loads(data["code.json"])["repositories"]
    assert {
        "name": "teapot/steep_it",
        "url": "https://github.com/teapot/steep_it",
        "papers": [FULL.id],
    } in code
    index = json.loads(data["index.json"])
    assert (index["commit"], index["papers"]) == ("c0ffee", len(SHELF_PAPERS))


def test_long_lists_leave_out_what_costs_most_unless_it_is_wanted(tmp_path: Path) -> None:
    context = SiteContext(library(()), CONFIG, WORDS, ())
    many = replace(context.library, papers=dict.fromkeys(map(str, range(FEW_PAPERS + 1)), FULL))

    assert context.all_formats
    assert not SiteContext(many, CONFIG, WORDS, ()).all_formats

    config = CONFIG.model_copy(update={"publish": Publish(all_formats=False)})
    made = files(published(tmp_path, SHELF_PAPERS, config))
    assert not any(name.startswith("papers/") for name in made)
    assert {
        "papers.bib",
        "papers.csv",
        "papers.jsonl",
        "topics/brewing.json",
        "collections/first-cups.ris",
    } <= made.keys()
    assert {"papers.ris", "papers.csl.json", "topics/brewing.bib"}.isdisjoint(made)
    assert rispy.loads(made["collections/first-cups.ris"].decode())


def test_formats_from_the_cache_give_the_same_files(tmp_path: Path) -> None:
    edited = (replace(FULL, summary="Now about mint."), *SHELF_PAPERS[1:-1])
    published(tmp_path / "kept", SHELF_PAPERS)

    after_edit = files(published(tmp_path / "kept", edited))
    for file in (tmp_path / "kept").glob("formats-*"):
        file.write_bytes(b"damaged")

    assert after_edit == files(published(tmp_path / "fresh", edited))
    assert after_edit == files(published(tmp_path / "kept", edited))


FORMULAS = ("=1+1", "+x", "-x", "@x", "\t=x", "", "a,b", '"', "\r\n")


@given(st.lists(st.one_of(ANY_TEXT, st.sampled_from(FORMULAS)), min_size=1))
def test_a_line_of_the_table_is_read_back_and_holds_no_formula(cells: list[str]) -> None:
    (read,) = csv.reader(io.StringIO(row(cells).decode(), newline=""))

    assert all(found in (cell, f"'{cell}") for found, cell in zip(read, cells, strict=True))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in read)


# The description is tried on the real server


@pytest.fixture
def served(data: Mapping[str, bytes], tmp_path: Path, serve_site: Callable[..., str]) -> str:
    """The address of a server that has nothing but the data."""
    for name, content in {**{urls.data(each): data[each] for each in data}, "404.html": b"None"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return f"{serve_site(tmp_path)}{urls.data('')}"


def test_the_server_answers_as_described(data: Mapping[str, bytes], served: str) -> None:
    schema = schemathesis.openapi.from_dict(json.loads(data["openapi.json"]))
    schema.config.update(base_url=served)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()

        @settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
        @given(case=operation.as_strategy())
        def answers(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate()

        answers()
        known = {each["name"]: each["example"] for each in operation.definition.raw["parameters"]}
        if known.keys() == {"id"}:
            answer = operation.Case(path_parameters=known).call_and_validate()
            assert answer.status_code == 200

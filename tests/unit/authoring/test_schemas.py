"""The JSON Schemas agree with `papershelf check`, on files as editors parse them and as text."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from papershelf.authoring import schemas
from papershelf.authoring.examples import EXAMPLES, FileKind
from papershelf.cli import main
from papershelf.content.validation import validate
from papershelf.content.yaml import parse
from support.project import ROOT, SMALL

WRITTEN: tuple[tuple[FileKind, str], ...] = (
    ("site_config", "site_config.yml"),
    ("topics", "content/topics.yml"),
    ("curation", "content/curation/*.yml"),
    ("collection", "content/collections/*.yml"),
)
FILES = [
    pytest.param(kind, path, id=path.relative_to(ROOT).as_posix())
    for project in (ROOT, SMALL, ROOT / "generator/papershelf/authoring/starter")
    for kind, pattern in WRITTEN
    for path in sorted(project.glob(pattern))
]


def faults(kind: FileKind, value: object) -> list[str]:
    return [error.message for error in Draft202012Validator(schemas.schema(kind)).iter_errors(value)]


def as_editors_read_it(text: str) -> object:
    """Parsed with numbers, booleans and null; dates stay text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=date.isoformat))


def is_accepted(kind: FileKind, text: str) -> bool:
    """Whether `papershelf check` accepts the text."""
    _, problems = validate(schemas.KINDS[kind].adapter, parse(text, "file.yml"))
    return not problems


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_a_schema_is_valid_and_the_committed_one_up_to_date(kind: FileKind) -> None:
    Draft202012Validator.check_schema(schemas.schema(kind))

    committed = (ROOT / schemas.FOLDER / f"{kind}.json").read_text("utf-8")

    assert committed == schemas.text(kind), "run: papershelf schema"


@pytest.mark.parametrize(("kind", "path"), FILES)
def test_every_shipped_file_is_valid_however_it_is_parsed(kind: FileKind, path: Path) -> None:
    text = path.read_text("utf-8")

    assert faults(kind, as_editors_read_it(text)) == []
    assert faults(kind, parse(text, path.name).value) == []


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_every_field_has_an_example_that_fits_and_a_description(kind: FileKind) -> None:
    known = schemas.fields(schemas.schema(kind))
    example = json.loads(json.dumps(EXAMPLES[kind], default=str))

    assert list(known) == list(EXAMPLES[kind]), "authoring/examples.py shows every field in order"
    assert all("description" in said or "$ref" in said for said in known.values())
    assert faults(kind, [example] if schemas.schema(kind).get("type") == "array" else example) == []


@pytest.mark.parametrize(
    "entry",
    [
        "arxiv: 2501.12340",
        "arxiv: '2501.12340'",
        "arxiv: cs/0112017",
        "rating: 3",
        "rating: '3'",
        "featured: yes",
        "featured: no",
        "featured: true",
        "published: 2024-01-01",
        "published: 2024-01",
        "published: 2024",
        "published: '2024'",
        "title: 2001",
        "title: 1e5",
        "title: no",
        "slug: 2024",
        "tags: [3, on, 0123]",
        "code: [https://example.org/a, {url: https://example.org/b, official: yes}]",
        "links: [{title: 42, url: https://example.org/}]",
    ],
)
def test_text_that_looks_like_a_number_or_a_boolean_is_accepted(entry: str) -> None:
    text = f"- paper: 2501.12340\n  {entry}\n"

    assert is_accepted("curation", text)
    assert faults("curation", as_editors_read_it(text)) == []
    assert faults("curation", parse(text, "a.yml").value) == []


@pytest.mark.parametrize(
    "entry",
    [
        "ratng: 3",
        "rating: 6",
        "rating: 2.5",
        "rating: high",
        "featured: maybe",
        "published: 2024-1",
        "published: 1 May 2024",
        "arxiv: '2501.1'",
        "arxiv: https://arxiv.org/abs/2501.12340",
        "doi: https://doi.org/10.1000/182",
        "title:",
        "summary: ''",
        "topics: few-shot",
        "topics: []",
        "topics: [Few Shot]",
        "kind: metod",
        "code: https://example.org/",
        "code: [ftp://example.org/]",
        "code: [{kind: model}]",
        "links: [https://example.org/]",
        "slug: A Slug",
    ],
)
def test_what_check_refuses_is_marked_in_the_editor_too(entry: str) -> None:
    text = f"- paper: a-garden\n  {entry}\n"

    assert not is_accepted("curation", text)
    assert faults("curation", as_editors_read_it(text)) != []


SCALARS = st.one_of(
    st.text(max_size=12),
    st.integers(-10, 3000).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(str),
    st.sampled_from(["yes", "no", "2501.12340", "2024-01-31", "a-slug", "true", "0123", "1e5", "read", "4"]),
)


@given(st.sampled_from(list(EXAMPLES["curation"])), SCALARS)
def test_a_schema_accepts_every_text_that_check_accepts(field: str, value: str) -> None:
    text = yaml.safe_dump([{"paper": "a-garden", field: value}], allow_unicode=True)

    if is_accepted("curation", text):
        assert faults("curation", parse(text, "a.yml").value) == []
        assert faults("curation", as_editors_read_it(text)) == []


def test_schema_writes_all_into_the_project_and_prints_one(tmp_path: Path) -> None:
    (tmp_path / "site_config.yml").write_text("title: A\ndescription: B\n", encoding="utf-8")

    written = CliRunner().invoke(main, ["-C", str(tmp_path), "schema"])
    printed = CliRunner().invoke(main, ["schema", "topics"])

    assert written.exit_code == 0
    assert sorted(path.name for path in (tmp_path / schemas.FOLDER).iterdir()) == sorted(
        f"{kind}.json" for kind in schemas.KINDS
    )
    assert printed.stdout == (tmp_path / schemas.FOLDER / "topics.json").read_text("utf-8")

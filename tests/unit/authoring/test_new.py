"""Headers of hand-written files are valid, and `papershelf new` appends entries to them."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from papershelf.authoring import entries, schemas
from papershelf.authoring.append import text_to_append
from papershelf.authoring.examples import EXAMPLES, FileKind
from papershelf.cli import main
from papershelf.content.validation import validate
from papershelf.content.yaml import parse
from papershelf.core.problems import GeneratorError
from papershelf.library.identifiers import identify
from support.project import ROOT, TESTS

ADDED = "content/curation/added-by-hand.yml"
# Text as cleaning leaves it: without control characters and separators of lines.
WRITTEN = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\xa0\ufeff"), max_size=20
)
NEW_ENTRY = """\
- paper: '2501.12340'
  # Write the paper's title behind this colon:
  title:
  arxiv: '2501.12340'
  # Remove the # in front of a line and say it of this paper:
  # slug: its-address  # without it, made of the title, and moving with it
  # published: 2024-01-31
  # summary: A garden that waters itself.
  # topics: [few-shot-learning]
  # note: Read *section 3* first.
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TESTS / "small", tmp_path / "small"))


def papershelf(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(project), *arguments])


def example_of(header: str) -> str:
    """The example in a header with the # in front of its lines removed."""
    block = header.split("#\n")[1]
    return "".join(f"{line[2:]}\n" for line in block.splitlines())


# Headers


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_the_example_in_a_header_is_valid_once_the_hashes_are_removed(kind: FileKind) -> None:
    document = parse(example_of(entries.header(kind)), "file.yml")
    value, problems = validate(schemas.KINDS[kind].adapter, document)

    assert problems == []
    assert value is not None
    meant = schemas.KINDS[kind].adapter.validate_json(
        json.dumps([EXAMPLES[kind]] if isinstance(document.value, list) else EXAMPLES[kind], default=str)
    )
    assert value == meant


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_a_header_names_the_schema_first_and_fits_the_line(kind: FileKind) -> None:
    lines = entries.header(kind).splitlines()

    assert lines[0] == f"# yaml-language-server: $schema={schemas.KINDS[kind].reference}"
    assert all(line.startswith("#") and not line.endswith(" ") and len(line) <= 120 for line in lines)


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("site_config", "site_config.yml"),
        ("topics", "content/topics.yml"),
        ("curation", "content/curation/x.yml"),
        ("collection", "content/collections/x.yml"),
    ],
)
def test_a_header_refers_to_the_schema_relative_to_its_file(kind: FileKind, file: str) -> None:
    schema = (ROOT / file).parent / schemas.KINDS[kind].reference

    assert schema.resolve() == (ROOT / schemas.FOLDER / f"{kind}.json").resolve()


def shipped() -> Iterator[tuple[FileKind, str]]:
    yield "site_config", "site_config.yml"
    yield "topics", "content/topics.yml"
    folders: dict[str, FileKind] = {"curation": "curation", "collections": "collection"}
    for folder, kind in folders.items():
        for file in sorted((ROOT / "content" / folder).glob("*.yml")):
            yield kind, file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(("kind", "file"), list(shipped()))
def test_a_shipped_file_begins_with_its_header(kind: FileKind, file: str) -> None:
    text = (ROOT / file).read_text("utf-8")

    assert text.startswith(entries.header(kind) + "\n"), f"run: papershelf schema {kind} --example"


def test_schema_example_prints_the_header() -> None:
    assert CliRunner().invoke(main, ["schema", "topics", "--example"]).stdout == entries.header("topics")


@given(st.recursive(WRITTEN, lambda inner: st.lists(inner, max_size=3), max_leaves=4))
def test_a_value_written_on_one_line_is_parsed_as_the_same_value(value: object) -> None:
    written = entries.inline(value)
    document = parse(f"field: {written}  # and why\n", "file.yml")

    assert "\n" not in written
    assert document.problems == ()
    assert document.value == {"field": with_single_spaces(value)}


def with_single_spaces(value: object) -> object:
    if isinstance(value, list):
        return [with_single_spaces(inner) for inner in value]
    return " ".join(str(value).split())


# Names of papers


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("2501.12340", "arxiv", "2501.12340"),
        ("2501.12340v3", "arxiv", "2501.12340"),
        ("arXiv:2501.12340", "arxiv", "2501.12340"),
        ("https://arxiv.org/abs/2501.12340v2", "arxiv", "2501.12340"),
        ("https://arxiv.org/pdf/2501.12340.pdf", "arxiv", "2501.12340"),
        ("http://www.arxiv.org/abs/cs/0112017", "arxiv", "cs/0112017"),
        ("https://huggingface.co/papers/2501.12340", "arxiv", "2501.12340"),
        ("https://doi.org/10.48550/arXiv.2501.12340", "arxiv", "2501.12340"),
        ("10.1000/182", "doi", "10.1000/182"),
        ("doi:10.1000/182", "doi", "10.1000/182"),
        ("https://doi.org/10.1000/182", "doi", "10.1000/182"),
        ("https://openreview.net/forum?id=aB_c-1", "links", "https://openreview.net/forum?id=aB_c-1"),
        ("https://github.com/Greenhouse/garden.git", "code", "https://github.com/Greenhouse/garden"),
        (
            "https://huggingface.co/datasets/green/seeds",
            "code",
            "https://huggingface.co/datasets/green/seeds",
        ),
        ("https://journal.example.org/a/7", "links", "https://journal.example.org/a/7"),
        ("counting-tulips", "paper", "counting-tulips"),
        (" Counting Tulips ", "paper", "Counting Tulips"),
    ],
)
def test_what_is_typed_is_recognized_as_an_identifier_or_a_name(words: str, field: str, value: str) -> None:
    named = identify(words)

    assert (named.field, named.value) == (field, value)


# papershelf new paper


def test_a_new_paper_needs_nothing_but_its_title(small: Path) -> None:
    added = papershelf(small, "new", "paper", "https://arxiv.org/abs/2501.12340")
    file = small / ADDED
    title = len(entries.header("curation").splitlines()) + 4

    assert added.stdout == f"{ADDED}:{title}:9: go on here, then run: papershelf check\n"
    assert file.read_text("utf-8") == f"{entries.header('curation')}\n{NEW_ENTRY}"
    checked = papershelf(small, "check")
    assert checked.exit_code == 1
    assert checked.stderr == f"{ADDED}:{title}:9: title: has no value (write one or remove the line)\n"

    file.write_text(file.read_text("utf-8").replace("  title:\n", "  title: A Garden of Soups\n"), "utf-8")

    assert papershelf(small, "check").stderr == ""


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("10.1000/182", "  doi: 10.1000/182\n"),
        (
            "https://openreview.net/forum?id=aBc",
            "  links:\n    - title: OpenReview\n      url: https://openreview.net/forum?id=aBc\n",
        ),
        ("https://github.com/a/b", "  code: [https://github.com/a/b]\n"),
    ],
)
def test_a_new_paper_has_the_link_it_was_named_by(small: Path, words: str, lines: str) -> None:
    papershelf(small, "new", "paper", words)
    file = small / ADDED

    assert lines in file.read_text("utf-8")
    file.write_text(
        re.sub(r"  title:$", "  title: A Garden of Soups", file.read_text("utf-8"), flags=re.MULTILINE),
        "utf-8",
    )
    assert papershelf(small, "check").exit_code == 0


def test_a_paper_of_the_list_gets_an_entry_that_decides_nothing_yet(small: Path) -> None:
    added = papershelf(small, "new", "paper", "Counting Tulips")
    file = small / "content/curation/daily-papers-2025-03-05.yml"
    entry = file.read_text("utf-8").removeprefix(f"{entries.header('curation')}\n")

    assert added.stdout.startswith("content/curation/daily-papers-2025-03-05.yml:")
    assert yaml.safe_load(entry) == [{"paper": "counting-tulips"}]
    assert "  # title: Counting Tulips\n  # published: 2024-11-02\n" in entry
    assert papershelf(small, "check").exit_code == 0
    uncommented = re.sub(r"^  # (?=\w+: )", "  ", entry, flags=re.MULTILINE)
    file.write_text(uncommented, "utf-8")
    assert papershelf(small, "check").stderr == ""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("a-garden-that-learns", "'a-garden-that-learns' is decided already: content/curation/first.yml:1:3"),
        ("2502.01230", "'2502.01230' is decided already: content/curation/first.yml:1:3"),
        ("A garden that learns", "'A garden that learns' is decided already: content/curation/first.yml:1:3"),
        ("soup", "no paper 'soup' (nearest: soup-is-all-you-need)"),
        ("qqqq", "no paper 'qqqq' (name a new paper by its arXiv id, DOI or web address)"),
        (
            "https://a／b/",
            "no paper 'https://a／b/' (name a new paper by its arXiv id, DOI or web address)",
        ),
        (
            "https://example.org:99999/",
            "no paper 'https://example.org:99999/' (name a new paper by its arXiv id, DOI or web address)",
        ),
    ],
)
def test_what_cannot_be_added_is_refused_with_the_reason(small: Path, words: str, says: str) -> None:
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    result = papershelf(small, "new", "paper", words)

    assert result.stderr == f"papershelf: {says}\n"
    assert result.exit_code == 2
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


def test_an_unfinished_or_hidden_paper_is_decided_already(small: Path) -> None:
    (small / "content/curation/hidden.yml").write_text(
        "- paper: soup-is-all-you-need\n  hide: Not about gardens.\n", "utf-8"
    )
    papershelf(small, "new", "paper", "https://github.com/a/b")
    hidden = papershelf(small, "new", "paper", "Soup Is All You Need")
    unfinished = papershelf(small, "new", "paper", "http://www.github.com/a/b/")

    assert hidden.stderr == (
        "papershelf: 'Soup Is All You Need' is decided already: content/curation/hidden.yml:1:3\n"
    )
    line = len(entries.header("curation").splitlines()) + 2
    assert unfinished.stderr.endswith(f"is decided already: {ADDED}:{line}:3\n")


def test_the_other_of_two_papers_that_are_one_may_still_be_decided(small: Path) -> None:
    (small / "content/curation/same.yml").write_text(
        "- paper: counting-tulips\n  same_as: soup-is-all-you-need\n", "utf-8"
    )
    gone = papershelf(small, "new", "paper", "counting-tulips")
    kept = papershelf(small, "new", "paper", "soup-is-all-you-need")

    assert gone.stderr.endswith("is decided already: content/curation/same.yml:1:3\n")
    assert kept.exit_code == 0
    assert papershelf(small, "check").exit_code == 0


def test_the_curator_may_choose_the_file_but_no_other_folder(small: Path) -> None:
    chosen = papershelf(small, "new", "paper", "2501.12340", "--file", "spring")
    outside = papershelf(small, "new", "paper", "2501.12341", "--file", "../topics")

    assert chosen.stdout.startswith("content/curation/spring.yml:")
    assert outside.stderr == "papershelf: '../topics' is no name for a file in content/curation\n"


# papershelf new topic, collection


def test_a_new_topic_is_appended_and_matches_its_name(small: Path) -> None:
    file = small / "content/topics.yml"
    before = file.read_bytes()
    added = papershelf(small, "new", "topic", "Soup making")

    assert added.stdout == "content/topics.yml:13:3: go on here, then run: papershelf check\n"
    assert file.read_bytes().startswith(before)
    assert yaml.safe_load(file.read_text("utf-8"))[-1] == {
        "id": "soup-making",
        "title": "Soup making",
        "rules": [{"weight": 3, "phrases": ["soup making"]}],
    }
    assert papershelf(small, "check").exit_code == 0
    assert papershelf(small, "new", "topic", "soup-making").stderr == (
        "papershelf: the topic 'soup-making' is defined already: content/topics.yml:13:3\n"
    )


def test_a_new_collection_asks_for_its_first_paper(small: Path) -> None:
    added = papershelf(small, "new", "collection", "start-here")
    file = small / "content/collections/start-here.yml"
    place = added.stdout.split(": go on")[0]

    assert yaml.safe_load(file.read_text("utf-8")) == {"title": "Start here", "papers": [{"paper": None}]}
    assert (
        f"{place}: paper: has no value (write one or remove the line)\n" in papershelf(small, "check").stderr
    )
    file.write_text(file.read_text("utf-8").replace("  - paper:\n", "  - paper: twins\n"), "utf-8")
    assert papershelf(small, "check").stderr == ""
    assert papershelf(small, "new", "collection", "Start here").stderr == (
        "papershelf: there is a collection 'start-here' already: content/collections/start-here.yml\n"
    )


# Appended entries


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("", "- paper: new\n  title:\n"),
        ("# only a comment\n", "\n- paper: new\n  title:\n"),
        ("- paper: old\n", "\n- paper: new\n  title:\n"),
        ("- paper: old", "\n\n- paper: new\n  title:\n"),
        ("  - paper: old  # why\n", "\n  - paper: new\n    title:\n"),
        ("-   paper: old\n", "\n-   paper: new\n    title:\n"),
        ("- paper: old\r\n", "\r\n- paper: new\r\n  title:\r\n"),
        ("- paper: old\n  note: |+\n    kept\n", "- paper: new\n  title:\n"),
        ("- paper: old\n  note: |\n    kept\n\n\n", "\n- paper: new\n  title:\n"),
    ],
)
def test_an_entry_takes_on_the_style_of_the_file(before: str, added: str) -> None:
    text, at = text_to_append(before, "- paper: new\n  title:\n", "a.yml")

    assert text == added
    assert (before + text).splitlines()[at.line - 1].strip() == "title:"


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (
            "[{paper: old}]\n",
            "nothing can follow at the end of a.yml: write this there by hand\n- paper: new\n",
        ),
        ("paper: old\n", "nothing can follow at the end of a.yml: write this there by hand\n- paper: new\n"),
        ("- paper: 'old\n", "put this right first: a.yml:2:1: not valid YAML"),
    ],
)
def test_a_file_that_nothing_can_follow_is_left_alone(before: str, says: str) -> None:
    with pytest.raises(GeneratorError, match=re.escape(says)):
        text_to_append(before, "- paper: new\n", "a.yml")


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)


@given(
    written=st.lists(st.dictionaries(st.sampled_from(["paper", "title", "note"]), WORDS, min_size=1)),
    flow=st.booleans(),
)
def test_an_appended_entry_leaves_the_others_as_they_were(
    *, written: list[dict[str, str]], flow: bool
) -> None:
    before = yaml.safe_dump(written, allow_unicode=True, default_flow_style=flow)
    try:
        text, _ = text_to_append(before, "- paper: new\n", "a.yml")
    except GeneratorError:
        assert flow or not written
    else:
        assert parse(before + text, "a.yml").value == [*written, {"paper": "new"}]

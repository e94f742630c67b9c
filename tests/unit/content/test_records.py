import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.content.records import dump, parse, read_records, write
from papershelf.core.model import Link, Listing, Record
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import GeneratorError
from support.strategies import partial_dates

LISTING = Listing(id="spring", title="Spring", format="hf-listing")
FIRST = '{"id":"spring","title":"Spring","format":"hf-listing"}\n'
GOOD = '{"id":"tulips","title":"Tulips","position":1}\n'
FILE = "content/papers/spring.jsonl"

slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).map(str.strip).filter(bool)
links = st.builds(
    Link,
    url=st.builds("https://github.com/{}/{}".format, slugs, slugs),
    kind=st.sampled_from(["repository", "project", "dataset", "model", "demo", "package", "notebook"]),
    official=st.none() | st.booleans(),
)


def tuples(items: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(items, max_size=3).map(tuple)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


listings = st.builds(
    Listing,
    id=slugs,
    title=texts,
    format=texts,
    captured=st.none() | st.dates(date(1000, 1, 1), date(2099, 12, 31)),
    captured_inferred=st.booleans(),
)
records = st.builds(
    Record,
    id=slugs,
    title=texts,
    abstract=maybe(texts),
    summary=maybe(texts),
    authors=tuples(texts),
    more_authors=st.booleans(),
    author_count=maybe(st.integers(0)),
    published=maybe(partial_dates()),
    comments=maybe(st.integers(0, 10**6)),
    upvotes=maybe(st.integers(0, 10**6)),
    arxiv=maybe(st.from_regex(r"1[5-9](0[1-9]|1[0-2])\.[0-9]{5}", fullmatch=True)),
    doi=maybe(st.from_regex(r"10\.[0-9]{4}/[a-z.]{0,8}[a-z]", fullmatch=True)),
    openreview=maybe(st.from_regex(r"[A-Za-z0-9_-]{9}", fullmatch=True)),
    url=maybe(st.just("https://example.org/a")),
    code=st.lists(links, max_size=3).map(tuple),
    venue=maybe(texts),
    categories=tuples(texts),
    position=st.integers(1, 10**6),
    inferred=st.sampled_from([(), ("published",)]),
)


@given(listings, st.lists(records, max_size=4, unique_by=lambda record: record.id))
def test_records_round_trip(listing: Listing, papers: list[Record]) -> None:
    text = dump(listing, papers)
    file, problems = parse(text, f"content/papers/{listing.id}.jsonl")
    assert not problems
    assert file
    assert file.listing == listing
    assert [placed.record for placed in file.records] == papers
    assert [placed.at.line for placed in file.records] == list(range(2, len(papers) + 2))


@given(listings, st.lists(records, max_size=4))
def test_every_line_is_one_json_object(listing: Listing, papers: list[Record]) -> None:
    text = dump(listing, papers)
    lines = text.splitlines()
    assert text.endswith("\n")
    assert len(lines) == len(papers) + 1
    assert [json.loads(line)["id"] for line in lines] == [listing.id, *(paper.id for paper in papers)]


def test_a_line_has_the_known_fields_in_the_models_order() -> None:
    paper = Record(
        id="tulips",
        title="Tulips, größer",
        published=PartialDate(2025, 3, 2),
        code=(Link(url="https://github.com/a/b", kind="repository"),),
        position=1,
        inferred=("published",),
    )
    assert dump(LISTING, [paper]) == FIRST + (
        '{"id":"tulips","title":"Tulips, größer","published":"2025-03-02",'
        '"code":[{"url":"https://github.com/a/b","kind":"repository"}],"position":1,"inferred":["published"]}\n'
    )


BAD = {
    '{"id":': ":2:6: this line is no JSON: ",
    "[]": ":2:1: a list is not fields with values",
    GOOD.replace("title", "titel"): ":2:16: unknown field 'titel' (did you mean 'title'?)",
    GOOD.replace('"Tulips"', '" "'): ":2:16: title: has no value",
    GOOD.replace(":1}", ":0}"): ":2:33: position: '0' is out of range (at least 1)",
    GOOD.replace(":1}", ':1,"published":"2025-02-30"}'): ":2:46: published: ",
    GOOD.replace(":1}", ':1,"published":1}'): ":2:46: published: '1' is not a date written YYYY-MM-DD",
    GOOD.replace('"tulips"', '"Two lips"'): ":2:2: id: 'Two lips' is not an id",
    GOOD.replace(":1}", ':1,"code":[{"url":"javascript:x","kind":"demo"}]}'): (
        ":2:55: url: 'javascript:x' is not a web address"
    ),
    GOOD.replace(":1}", ':1,"code":[{"url":"https://a.b","kind":"book"}]}'): (
        ":2:75: kind: 'book' is not a known value (one of repository"
    ),
    GOOD.replace("tulips", "roses"): ":3: the paper 'roses' stands in line 2 already",
}


@pytest.mark.parametrize(("line", "message"), BAD.items(), ids=list(BAD.values()))
def test_an_invalid_line_is_reported_and_the_rest_is_read(line: str, message: str) -> None:
    roses = GOOD.replace("tulips", "roses")
    file, problems = parse(f"{FIRST}{line.strip()}\n{roses}", FILE)
    assert file
    assert [placed.record.id for placed in file.records] == ["roses"]
    assert [problem for problem in problems if str(problem).startswith(FILE + message)]


@pytest.mark.parametrize("text", ["", "\n", GOOD, "\n" + FIRST, "{}", '{"id":'])
def test_without_its_listing_a_file_is_not_read(text: str) -> None:
    file, problems = parse(text, FILE)
    assert file is None
    assert problems
    assert all(str(problem).startswith(f"{FILE}:1") for problem in problems)


def test_a_file_is_named_after_its_listing() -> None:
    _, (problem,) = parse(FIRST, "content/papers/autumn.jsonl")
    assert str(problem.at) == "content/papers/autumn.jsonl:1"
    assert problem.hint == "name it spring.jsonl"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "content"
    (folder / "papers").mkdir(parents=True)
    return folder


def names(content: Path) -> list[str]:
    return sorted(path.name for path in (content / "papers").iterdir())


def test_files_are_read_in_the_order_of_their_names(content: Path) -> None:
    for name in ("b", "a", "c"):
        (content / "papers" / f"{name}.jsonl").write_text(FIRST.replace("spring", name) + GOOD)
    (content / "papers" / "notes.txt").write_text("not a listing")
    files, problems = read_records(content)
    assert not problems
    assert [file.listing.id for file in files] == ["a", "b", "c"]
    assert files[0].file == "content/papers/a.jsonl"


def test_a_missing_folder_means_no_records(tmp_path: Path) -> None:
    assert read_records(tmp_path / "content") == ((), ())


def test_invalid_utf_8_is_reported(content: Path) -> None:
    (content / "papers" / "spring.jsonl").write_bytes(FIRST.encode() + b'{"id":"caf\xe9"}\n')
    files, problems = read_records(content)
    assert files == ()
    assert [str(problem.at) for problem in problems] == [f"{FILE}:2:11"]


def test_unchanged_files_are_not_written_again(content: Path) -> None:
    text = dump(LISTING, [])
    assert write(content, {"spring": text, "autumn": text}) == ("autumn", "spring")
    before = (content / "papers" / "spring.jsonl").stat().st_ino
    assert write(content, {"spring": text, "autumn": text + GOOD}) == ("autumn",)
    assert (content / "papers" / "spring.jsonl").stat().st_ino == before
    assert names(content) == ["autumn.jsonl", "spring.jsonl"]


def outside_file(content: Path) -> Path:
    target = content.parent.parent / "outside.jsonl"
    target.write_text(FIRST)
    (content / "papers" / "spring.jsonl").symlink_to(target)
    return target


def outside_folder(content: Path) -> Path:
    target = content.parent.parent / "outside"
    target.mkdir()
    (content / "papers").rmdir()
    (content / "papers").symlink_to(target)
    (target / "spring.jsonl").write_text(FIRST)
    return target / "spring.jsonl"


@pytest.mark.parametrize("lead_out", [outside_file, outside_folder])
def test_symbolic_links_out_of_the_project_are_neither_read_nor_written(
    content: Path, lead_out: Callable[[Path], Path]
) -> None:
    target = lead_out(content)
    files, problems = read_records(content)
    assert files == ()
    assert "symbolic link" in str(problems[0])
    with pytest.raises(GeneratorError, match="symbolic link"):
        write(content, {"autumn": FIRST, "spring": dump(LISTING, []) + GOOD})
    assert target.read_text() == FIRST
    assert not (target.parent / "autumn.jsonl").exists()


def test_if_one_file_cannot_be_written_none_is(content: Path) -> None:
    (content / "papers" / "spring.jsonl").mkdir()
    with pytest.raises(GeneratorError, match="spring"):
        write(content, {"autumn": FIRST, "spring": FIRST})
    assert names(content) == ["spring.jsonl"]

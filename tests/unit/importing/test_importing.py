import json
import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.content.records import PlacedRecord, RecordFile, read_records
from papershelf.core.model import Link, Listing, Record
from papershelf.core.partial_date import PartialDate
from papershelf.core.person import Author
from papershelf.core.problems import GeneratorError, Location
from papershelf.importing import ImportOptions, ImportPlan, SourceDocument, import_files, plan_import
from papershelf.importing.identity import assign, completed
from papershelf.sources.parsed import Entry, ParsedDocument, Reader
from papershelf.text import links, slug
from support.people import named
from support.project import TESTS
from support.timing import processor_seconds

OURS = TESTS / "listings"


PAGE = """Daily Papers

by AK and the research community

Mar 14

Of Mice and Models

We ask the mice, and they know. Code: https://github.com/mice/models.

  • 3 authors
·
Mar 2 1

A Cat That Compiles

It compiles at night. By day it sleeps.

  • 1 author
·
Jul 3, 2024 16

Rain on Tin Roofs

It drums, and we transcribe it. The scores are free.

  • 2 authors
·
Jan 6
"""
ID = "daily-papers-2025-03-14"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "project" / "content"


@pytest.fixture
def page(tmp_path: Path, content: Path) -> Callable[..., ImportPlan]:
    """Import a page: `page(text)`, or `page(text, "other.txt", id="mine")` with a file name and options."""

    def run(
        text: str | bytes, name: str = "page.txt", *, dry_run: bool = False, **options: object
    ) -> ImportPlan:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_files(content, [path], ImportOptions(**options), dry_run=dry_run)  # type: ignore[arg-type]

    return run


def dumps(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.txt"))


def snapshot(content: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((content / "papers").iterdir())}


def all_records(content: Path) -> list[Record]:
    files, problems = read_records(content)
    assert not problems
    return [placed.record for file in files for placed in file.records]


def ids(content: Path, listing: str = ID) -> list[str]:
    files, _ = read_records(content)
    return [placed.record.id for file in files if file.listing.id == listing for placed in file.records]


@pytest.mark.parametrize("facts_only", [True, False])
def test_an_import_finds_everything_that_is_in_the_listings(content: Path, *, facts_only: bool) -> None:
    plan = import_files(content, dumps(OURS), ImportOptions(facts_only=facts_only))
    records = all_records(content)
    shipped = [(record.id, link.url) for record in records for link in record.code]
    repositories = [(paper, place) for paper, url in shipped if (place := links.repository(url))]
    assert tuple(file.entries for file in plan.files) == (7, 2, 5)
    assert len({record.id for record in records}) == sum(file.new for file in plan.files) == 12
    assert len({record.id for record in records if record.published}) == 6
    assert len({links.key(url) for _, url in shipped}) == 15
    assert len({paper for paper, place in repositories if place.host == "github.com"}) == 6
    assert all(problem.severity == "warning" for problem in plan.problems)
    assert {bool(record.abstract) for record in records} == {not facts_only}


def test_our_listings_become_these_records(content: Path) -> None:
    import_files(content, dumps(OURS), ImportOptions(facts_only=True))
    expected = {path.name: path.read_text(encoding="utf-8") for path in (OURS / "expected").iterdir()}
    assert {name: data.decode() for name, data in snapshot(content).items()} == expected


def test_the_statistics_of_a_file(content: Path) -> None:
    plan = import_files(content, dumps(OURS), ImportOptions())
    figures = [
        (Path(f.file).name, f.change, f.entries, f.new, f.known, f.dated, f.with_code, f.inferred, f.warnings)
        for f in plan.files
    ]
    assert figures == [
        ("garden.txt", "new", 7, 7, 0, 6, 6, 3, 1),
        ("harbour.txt", "new", 2, 2, 0, 0, 1, 0, 0),
        ("kitchen.txt", "new", 5, 3, 2, 0, 5, 0, 1),
    ]


def test_importing_again_changes_no_byte_and_no_file(content: Path) -> None:
    import_files(content, dumps(OURS), ImportOptions())
    before = snapshot(content)
    times = {path: path.stat().st_mtime_ns for path in (content / "papers").iterdir()}
    plan = import_files(content, dumps(OURS), ImportOptions())
    assert snapshot(content) == before
    assert {path: path.stat().st_mtime_ns for path in (content / "papers").iterdir()} == times
    assert {(file.change, file.new) for file in plan.files} == {("same", 0)}


def test_the_whole_over_the_facts_adds_abstracts_and_loses_nothing(content: Path) -> None:
    import_files(content, dumps(OURS), ImportOptions(facts_only=True))
    facts = all_records(content)
    import_files(content, dumps(OURS), ImportOptions())
    whole = all_records(content)
    assert [record.model_copy(update={"abstract": None}) for record in whole] == facts
    assert all(record.abstract for record in whole)
    import_files(content, dumps(OURS), ImportOptions(facts_only=True))
    assert all_records(content) == facts


def test_ids_do_not_depend_on_the_order_of_the_files(content: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "content"
    import_files(content, dumps(OURS), ImportOptions())
    import_files(other, dumps(OURS)[::-1], ImportOptions())
    assert snapshot(content) == snapshot(other)


def test_a_dry_run_plans_the_same_and_writes_nothing(page: Callable[..., ImportPlan], content: Path) -> None:
    plan = page(PAGE, dry_run=True)
    assert not content.exists()
    assert page(PAGE) == plan


def test_a_listing_is_named_after_its_content(page: Callable[..., ImportPlan], content: Path) -> None:
    page(PAGE, "dump 7.txt")
    page(PAGE, "dump 7.txt", captured=date(2026, 3, 14))
    page(PAGE.replace("Mar 14\n\n", ""), "Spring Dump_7.txt")
    page(PAGE, id="mine", title="My page")
    files, _ = read_records(content)
    assert {file.listing.id: file.listing.title for file in files} == {
        "daily-papers-2025-03-14": "Daily papers, 14 March 2025",
        "daily-papers-2026-03-14": "Daily papers, 14 March 2026",
        "mine": "My page",
        "spring-dump-7": "Daily papers (date unknown)",
    }


def test_importing_a_listing_under_a_second_id_is_reported(page: Callable[..., ImportPlan]) -> None:
    page(PAGE)
    plan = page(PAGE, captured=date(2025, 3, 14), id="again")
    assert [problem.hint for problem in plan.problems] == [
        f"to update that one instead, import with --id {ID}"
    ]


def test_a_corrected_file_updates_records_and_keeps_ids(
    page: Callable[..., ImportPlan], content: Path
) -> None:
    page(PAGE)
    corrected = (
        PAGE.replace("Of Mice and Models", "On Mice and Models")
        .replace("3 authors", "4 authors")
        .replace("A Cat That Compiles", "Night-Time Compilation")
        .replace("Rain on Tin", "A New Entry\n\nIt is new. It has no date.\n\nRain on Tin")
    )
    plan = page(corrected)
    assert ids(content) == ["of-mice-and-models", "a-cat-that-compiles", "a-new-entry", "rain-on-tin-roofs"]
    records = {record.id: record for record in all_records(content)}
    assert records["of-mice-and-models"].title == "On Mice and Models"
    assert records["of-mice-and-models"].author_count == 4
    assert records["a-cat-that-compiles"].title == "Night-Time Compilation"
    assert plan.files[0].new == 1
    assert not [problem for problem in plan.problems if "no longer" in problem.message]
    page(corrected)
    assert ids(content)[0] == "of-mice-and-models"


def test_a_corrected_title_alone_keeps_its_id(page: Callable[..., ImportPlan], content: Path) -> None:
    page(PAGE, facts_only=True)
    plan = page(PAGE.replace("A Cat That Compiles", "The Cat That Compiled"), facts_only=True)
    assert ids(content) == ["of-mice-and-models", "a-cat-that-compiles", "rain-on-tin-roofs"]
    assert plan.problems == ()


def test_another_paper_in_the_same_place_is_another_paper(
    page: Callable[..., ImportPlan], content: Path
) -> None:
    page(PAGE, facts_only=True)
    plan = page(PAGE.replace("A Cat That Compiles", "Whales Are Loud"), facts_only=True)
    assert ids(content) == ["of-mice-and-models", "whales-are-loud", "rain-on-tin-roofs"]
    (warning,) = plan.problems
    assert "“A Cat That Compiles” (a-cat-that-compiles) is no longer in this document" in warning.message


def test_a_paper_removed_from_one_listing_stays_in_others(
    page: Callable[..., ImportPlan], content: Path
) -> None:
    page(PAGE)
    page(PAGE, "other.txt", id="other")
    page(PAGE[: PAGE.index("Rain on")])
    assert ids(content) == ["of-mice-and-models", "a-cat-that-compiles"]
    assert "rain-on-tin-roofs" in ids(content, "other")


def test_another_page_of_the_same_day_does_not_replace_the_first(
    page: Callable[..., ImportPlan], content: Path
) -> None:
    page(PAGE)
    before = snapshot(content)
    stranger = PAGE
    for old, new in (
        ("Of Mice and Models", "Whales"),
        ("A Cat That Compiles", "Owls"),
        ("Rain on", "Snow on"),
    ):
        stranger = stranger.replace(old, f"{new} {new} {new}")
    stranger = stranger.replace("https://github.com/mice/models", "soon")
    plan = page(stranger.replace("We ask", "Ask").replace("compiles", "hoots").replace("drums", "falls"))
    assert snapshot(content) == before
    (problem,) = [problem for problem in plan.problems if problem.severity == "error"]
    assert "nothing was replaced" in problem.message
    assert "--id" in problem.hint


def test_two_files_with_one_listing_are_refused_and_others_imported(tmp_path: Path, content: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt", *dumps(OURS)]
    for path in paths[:2]:
        path.write_text(PAGE)
    plan = import_files(content, paths, ImportOptions(captured=None))
    errors = [problem for problem in plan.problems if problem.severity == "error"]
    assert {problem.at.file for problem in errors} == {
        str(path) for path in (*paths[:2], OURS / "garden.txt")
    }
    assert [file.listing.id for file in plan.files] == ["harbour", "kitchen"]


def test_a_repeated_entry_is_kept_once(page: Callable[..., ImportPlan], content: Path) -> None:
    plan = page(PAGE + "\n" + PAGE[PAGE.index("A Cat") :].replace("A Cat", "A  cat"))
    assert ids(content) == ["of-mice-and-models", "a-cat-that-compiles", "rain-on-tin-roofs"]
    assert [str(problem.at.line) for problem in plan.problems] == ["31", "39"]
    assert "stands in line 15 already; only the first was kept" in plan.problems[0].message


CURE = "papershelf import --formats tells what they are"
MISMATCH = "hf-listing: it has no line like “• 4 authors”"
DAMAGED: dict[str, tuple[bytes, list[str]]] = {
    "empty": (b"", ["page.txt: the document is empty (save it again)"]),
    "blank": (b" \n\r\n", ["page.txt: the document is empty (save it again)"]),
    "of an unknown format": (
        b'{"title": "x"}',
        ["page.txt: the format is not recognised ("],
    ),
    "binary": (
        b"\x89PNG\x00\xff",
        ["page.txt: the format is not recognised ("],
    ),
    "without entries": (PAGE[: PAGE.index("Of Mice")].encode(), ["page.txt: no entry was found"]),
}


@pytest.mark.parametrize(("data", "messages"), DAMAGED.values(), ids=list(DAMAGED))
def test_a_file_that_cannot_be_read_is_reported_and_writes_nothing(
    data: bytes, messages: list[str], page: Callable[..., ImportPlan], content: Path, tmp_path: Path
) -> None:
    page(PAGE, "good.txt")
    before = snapshot(content)
    plan = page(data)
    assert plan.files == ()
    found = [str(problem).removeprefix(f"{tmp_path}{os.sep}") for problem in plan.problems]
    assert [text[: len(message)] for text, message in zip(found, messages, strict=True)] == messages
    assert snapshot(content) == before


def test_an_unknown_format_is_reported_with_the_reason_of_every_reader(
    page: Callable[..., ImportPlan],
) -> None:
    (problem,) = page(b'{"title": "x"}').problems
    assert MISMATCH in problem.message
    assert problem.hint == CURE


def test_undecodable_bytes_do_not_stop_the_rest_of_a_file(
    page: Callable[..., ImportPlan], content: Path
) -> None:
    plan = page(PAGE.encode().replace(b"Tin", b"T\xefn"))
    assert ids(content)[:2] == ["of-mice-and-models", "a-cat-that-compiles"]
    (problem,) = plan.problems
    assert (problem.at.line, problem.severity) == (23, "error")


def test_a_named_format_is_used_whatever_the_content(page: Callable[..., ImportPlan], content: Path) -> None:
    page("A Title\n\nAn abstract of it.\n", "plain.txt", format="hf-listing")
    assert ids(content, "plain") == ["a-title"]


def test_invalid_options_are_refused(page: Callable[..., ImportPlan], content: Path) -> None:
    with pytest.raises(GeneratorError, match="no format 'ferns'; known: "):
        page(PAGE, format="ferns")
    with pytest.raises(GeneratorError, match="Not An Id"):
        page(PAGE, id="Not An Id")
    with pytest.raises(GeneratorError, match="one file at a time"):
        import_files(content, dumps(OURS), ImportOptions(id="mine"))
    with pytest.raises(GeneratorError, match=r"missing\.txt"):
        import_files(content, [Path("missing.txt")], ImportOptions())
    assert not content.exists()


def test_nothing_is_imported_over_records_with_mistakes(
    page: Callable[..., ImportPlan], content: Path
) -> None:
    page(PAGE)
    file = content / "papers" / f"{ID}.jsonl"
    file.write_text(file.read_text() + '{"id":\n')
    before = snapshot(content)
    plan = page(PAGE.replace("3 authors", "4 authors"))
    assert plan.files == ()
    assert [problem.at for problem in plan.problems] == [Location(f"content/papers/{ID}.jsonl", 5, 6)]
    assert snapshot(content) == before


def test_dangerous_links_and_unknown_hosts_are_reported_with_their_line(
    page: Callable[..., ImportPlan], content: Path
) -> None:
    plan = page(
        PAGE.replace("https://github.com/mice/models", "https://me@evil.example/x, http://nest.example/y")
    )
    assert [(problem.at.line, problem.severity) for problem in plan.problems] == [
        (7, "warning"),
        (7, "warning"),
    ]
    assert [link.url for link in all_records(content)[0].code] == ["http://nest.example/y"]


def record(title: str, known: str = "paper", **fields: object) -> Record:
    return Record.model_validate({"id": known, "title": title, "position": 1} | fields)


def test_identifiers_take_precedence_over_titles() -> None:
    old = [record("Roses", "roses", doi="10.1000/A"), record("Tulips", "tulips", arxiv="2501.00001")]
    new = [
        record("Red Roses", doi="10.1000/a"),
        record("Tulips, Again", arxiv="2501.00001"),
        record("tulips!"),
    ]
    assert assign(new, (), old) == ("roses", "tulips", "tulips")


def test_one_title_with_two_identifiers_is_two_works() -> None:
    old = [record("Discussion", "discussion", doi="10.1000/a")]
    new = [
        record("Discussion", "discussion", doi="10.1000/b"),
        record("Discussion", "discussion", doi="10.1000/c"),
    ]
    assert assign(new, (), old) == ("discussion-2", "discussion-3")


TEA = {"abstract": "We brew green leaves for three minutes and taste what remains in each cup."}
SOUP = {"abstract": "Onions, carrots, celery: this survey covers every broth that was ever simmered."}


def test_titles_that_differ_in_a_sign_are_two_works() -> None:
    names = ["K-means", "K-means++", "C", "C#", "PointNet++", "PointNet"]
    assigned = assign([record(name, slug(name)) for name in names], (), ())
    assert assigned == ("k-means", "k-means-2", "c", "c-2", "pointnet", "pointnet-2")


def test_equal_titles_are_two_works_where_authors_and_abstracts_both_differ() -> None:
    old = [record("On Leaves", "on-leaves", authors=("Ada Fern", "Bo Moss"), **TEA)]
    oak, fern = {"authors": ("Cy Oak",)}, {"authors": ("A. Fern",)}
    assert assign([record("On Leaves", "on-leaves", **oak, **SOUP)], (), old) == ("on-leaves-2",)
    for fields in ({**oak, **TEA}, {**fern, **SOUP}, oak, TEA):
        assert assign([record("On Leaves", **fields)], (), old) == ("on-leaves",)


def test_a_preprint_and_its_printed_version_are_one_work_if_most_authors_agree() -> None:
    preprint = record("On Leaves", "on-leaves", arxiv="2501.00001", authors=("Ada Fern", "Bo Moss", "Cy Oak"))
    printed = record("On leaves.", doi="10.1000/a", authors=("Fern, Ada", "{Moss}, B.", "Dan Elm"))
    assert assign([printed], (), [preprint]) == ("on-leaves",)
    others = printed.model_copy(update={"authors": named("Fern, Ada", "Eve Ash", "Dan Elm")})
    unknown = printed.model_copy(update={"authors": ()})
    assert assign([others], (), [preprint]) == ("paper",)
    assert assign([unknown], (), [preprint]) == ("paper",)


def test_an_entry_of_the_printed_version_completes_that_of_the_preprint() -> None:
    preprint = record("Tea", arxiv="2501.00001", venue="arXiv", published="2025-01-02", authors=("Ada Fern",))
    printed = record("Tea!", doi="10.1000/a", venue="ICML 2025", published="2025-07-01", type="inproceedings")

    whole = completed(preprint, printed)

    assert (whole.title, whole.arxiv, whole.doi) == ("Tea", "2501.00001", "10.1000/a")
    assert (whole.venue, whole.type) == ("ICML 2025", "inproceedings")
    assert whole.published == PartialDate(2025, 1, 2)
    assert completed(whole, preprint) == whole


def test_the_dois_of_arxiv_and_the_versions_of_a_preprint_are_one_work() -> None:
    old = [record("Roses", "roses", arxiv="2501.00001"), record("Moss", "moss", doi="10.21203/rs.3.rs-1/v1")]
    new = [
        record("Red Roses", doi="10.48550/arXiv.2501.00001"),
        record("Old Moss", doi="10.21203/rs.3.rs-1/v2"),
    ]
    assert assign(new, (), old) == ("roses", "moss")


def test_a_number_fits_into_the_longest_id() -> None:
    long = "x" * 118 + "-y"
    (found,) = assign([record("Other", long)], (), [record("One", long)])
    assert found == "x" * 118 + "-2"


def test_a_shared_link_in_the_same_place_keeps_the_id_unless_the_dois_differ() -> None:
    code = (Link(url="https://github.com/Ann/Tool", kind="repository"),)
    old = [record("Roses", "roses", code=code, doi="10.1000/a")]
    renamed = record("A Wholly Different Name", "different", code=code)
    assert assign([renamed], old, ()) == ("roses",)
    assert assign([renamed.model_copy(update={"doi": "10.1000/b"})], old, ()) == ("different",)


titles = st.lists(st.sampled_from(["Roses", "roses!", "Tulips", "Moss", "Moss II", "Fern"]), max_size=8)
dois = st.none() | st.sampled_from(["10.1000/a", "10.1000/b", "10.1000/c"])


@given(titles, st.data())
def test_assigned_ids_never_change(names: Sequence[str], data: st.DataObject) -> None:
    new = [record(name, "base", doi=data.draw(dois)) for name in names]
    given_ids = assign(new, (), [record("Elsewhere", "base")])
    assert "base" not in given_ids
    kept = {
        known: item.model_copy(update={"id": known})
        for known, item in zip(given_ids[::-1], new[::-1], strict=True)
    }
    own = [kept[known] for known in dict.fromkeys(given_ids)]
    assert assign(own, own, [record("Elsewhere", "base")]) == tuple(
        kept[known].id for known in dict.fromkeys(given_ids)
    )


def test_a_large_import_is_fast() -> None:
    known = tuple(
        PlacedRecord(record(f"Paper Number {number}", f"paper-number-{number}"), Location("x", number))
        for number in range(20_000)
    )
    existing = [
        RecordFile(Listing(id="large", title="Large", format="x"), known, "content/papers/large.jsonl")
    ]
    with processor_seconds(30):
        plan = plan_import([SourceDocument("page.txt", PAGE.encode())], existing, ImportOptions())
    assert plan.files[0].new == 3


def test_a_document_that_is_far_too_large_is_refused_before_it_is_read_in_full(
    content: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    os.truncate(page, 10**9)
    with pytest.raises(GeneratorError, match=r"page\.txt is too large: at most 20 MB are read; split it"):
        import_files(content, [page], ImportOptions())


def test_authors_are_cleaned_and_nobody_is_among_them(content: Path, tmp_path: Path) -> None:
    entries = (
        Entry(line=1, title="On Tea", authors=(r"{\"O}st, Ada", "{Tea {and} Cake}", " ", "others")),
        Entry(line=2, title="On Pots", authors=("Ada Leaf",), author_count=7),
        Entry(line=3, title="On Cups", authors=(Author(name="Bo", orcid="0000-0002-1825-0097"),)),
        Entry(line=4, title="On Spoons", authors=("et al.",)),
    )
    reader = Reader(
        "given", "Entries of a test", lambda _: "", lambda *_: ParsedDocument(entries=entries, title="T")
    )
    (tmp_path / "t.txt").write_text("t")

    import_files(content, [tmp_path / "t.txt"], ImportOptions(readers=(reader,)))

    lines = (content / "papers" / "t.jsonl").read_text("utf-8").splitlines()[1:]
    known = [json.loads(line) for line in lines]
    assert [paper.get("authors") for paper in known] == [
        ["Öst, Ada", "{Tea and Cake}"],
        ["Ada Leaf"],
        [{"name": "Bo", "orcid": "0000-0002-1825-0097"}],
        None,
    ]
    assert [paper.get("more_authors") for paper in known] == [True, True, None, None]

from papershelf.content.records import parse
from papershelf.library.incomplete import problems
from papershelf.library.merge import merge
from support.contents import listing

IDS = """{"id":"ids","title":"A list of ids","format":"ids"}
{"position":1,"arxiv":"2401.00001"}
{"position":2,"doi":"10.1000/cup"}
{"position":3,"arxiv":"2401.00009"}
"""


def test_entries_wait_for_a_title_until_another_listing_has_it() -> None:
    ids, found = parse(IDS, "content/papers/ids.jsonl")
    assert ids
    assert not found
    assert [each.entry.position for each in ids.unnamed] == [1, 2, 3]
    others = listing(
        "x", None, {"title": "Steep", "arxiv": "2401.00001"}, {"title": "Cup", "doi": "10.1000/CUP"}
    )
    (problem,) = problems([ids, others], merge([ids, others]))
    assert str(problem).startswith("content/papers/ids.jsonl:4: warning: 1 entry without a title: ")


def test_facts_about_no_paper_are_said_once_a_file() -> None:
    edition = listing("x", None, {"title": "Steep"})
    facts = listing("f", None, {"title": "Steep"}, {"title": "Cup"}, {"title": "Leaf"}, role="facts")
    (problem,) = problems([edition, facts], merge([edition, facts]))
    assert str(problem).startswith("content/papers/f.jsonl:3: warning: 2 papers in no edition: ")


def test_a_line_without_title_that_holds_no_identifier_says_what_is_missing() -> None:
    _, found = parse(
        IDS + '{"id":"x","position":4}\n{"position":5,"venue":"X"}\n', "content/papers/ids.jsonl"
    )
    assert [(each.at.line, each.message) for each in found] == [
        (5, "'title' is missing"),
        (6, "unknown field 'venue'"),
    ]

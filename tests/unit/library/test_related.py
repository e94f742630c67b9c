"""Related papers: what leads to what, and why, the same on every machine."""

import random
import string
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papershelf.core.model import Paper, Related
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library import related as related_papers
from papershelf.library.tfidf import MOST, MOST_WORDS, Text, related
from support.project import child_environment

SUBJECTS = {
    "steeping": "steeping leaves water temperature bitterness minutes infusion strainer",
    "kettles": "kettles boiling whistles limescale copper spouts lids stoves",
    "cups": "cups saucers handles porcelain glaze rims chips spoons",
}


def text(subject: str, number: int) -> Text:
    """A paper on a subject: each of its words stands in most papers on it."""
    words = SUBJECTS[subject].split()
    own = [*words[number:], *words[:number]][:6]
    return Text(f"{subject}-{number}", f"{own[0]} {own[1]} {number}", f"About {', '.join(own)}.")


SHELF = [text(subject, number) for subject in SUBJECTS for number in range(7)]
WORDS = st.sampled_from(
    ["tea", "Tea", "teas", "kettle", "kettles", "green-tea", "cup", "of", "the", "茶", "1"]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
SHELVES = st.lists(
    st.builds(Text, st.text(string.ascii_lowercase), TEXTS, TEXTS, st.booleans()), unique_by=lambda t: t.id
)


def near(paper: str, context: list[Text] = SHELF) -> list[str]:
    return [*related(context)[paper].ids]


def test_a_paper_leads_to_five_on_its_subject() -> None:
    assert len(near("kettles-0")) == MOST
    assert all(paper.startswith("kettles") for paper in near("kettles-0"))


def test_words_that_both_are_about_say_why() -> None:
    (first, *_) = related(SHELF)["cups-3"].words
    assert len(first) == MOST_WORDS
    assert set(first) <= set(SUBJECTS["cups"].split())


def test_words_are_shown_as_readers_write_them() -> None:
    context = [
        Text("a", "Kettles and LLMs", "Of kettles and LLMs."),
        Text("b", "LLMs for a Kettle", "Kettles, an LLM."),
        Text("c", "Zero-shot Greyness", "By Earl Grey, with one shot."),
        Text("d", "Zero-Shot Rain", "By Earl Grey."),
    ]
    words = {word for near in related(context).values() for shared in near.words for word in shared}
    assert words == {"LLMs", "kettles", "Grey", "Earl", "zero-shot"}


def test_one_word_of_a_family_is_enough() -> None:
    context = [Text(str(n), f"Convex {n}", "A convex porcelain, its convexity.") for n in "ab"]
    assert related(context)["a"].words == (("convex", "porcelain"),)


def test_papers_that_share_nothing_are_not_related() -> None:
    assert related([Text("a", "Kettles", ""), Text("b", "Saucers", "")]) == {}
    context = [Text("a", "Kettles", "whistle"), Text("b", "Cups", "saucer"), Text("c", "Whistle", "")]
    assert related(context)["b"] == Related()


@pytest.mark.parametrize("context", [[], [Text("a", "", "")], [Text("a", "茶", ""), Text("b", "1 + 1", "")]])
def test_a_shelf_of_little_has_no_related_papers(context: list[Text]) -> None:
    assert not any(near.ids for near in related(context).values())


def test_a_paper_does_not_lead_to_itself_under_another_id() -> None:
    twin = replace(SHELF[0], id="the-same-again", title=SHELF[0].title.upper())
    retitled = replace(
        SHELF[0], id="retitled", text=SHELF[0].text * 5, title=f"{SHELF[0].title}: a Longer Title"
    )
    context = [*SHELF, twin, retitled]
    assert not {"steeping-0", "the-same-again"} & set(near("the-same-again", context))


def test_no_paper_leads_to_one_that_was_withdrawn() -> None:
    withdrawn = replace(SHELF[2], shown=False)
    found = related([withdrawn if text is SHELF[2] else text for text in SHELF])
    assert all(withdrawn.id not in near.ids for near in found.values())
    assert len(found[withdrawn.id].ids) == MOST


@given(SHELVES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_related_papers_are_others_and_the_same_in_any_order(
    context: list[Text], chance: random.Random
) -> None:
    found = related(context)
    titles = {text.id: text.title.casefold() for text in context}
    for paper, others in found.items():
        assert len({paper, *others.ids}) == len(others.ids) + 1 == len(others.words) + 1
        assert all(titles[each] != titles[paper] for each in others.ids)
        assert all(1 <= len(shared) <= MOST_WORDS for shared in others.words)
    assert related(chance.sample(context, len(context))) == found


def large_shelf() -> list[Text]:
    chance = random.Random(5)
    words = ["".join(chance.choices(string.ascii_letters, k=6)) for _ in range(2000)]
    return [
        Text(str(number), " ".join(chance.choices(words, k=6)), " ".join(chance.choices(words, k=80)))
        for number in range(700)
    ]


def test_it_is_the_same_in_every_process(tmp_path: Path) -> None:
    program = (
        "from papershelf.library.tfidf import related; from unit.library.test_related import large_shelf;"
        "found = related(large_shelf()); print(sum(len(near.ids) for near in found.values()));"
        "print(sorted(found.items()))"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            env=child_environment(**given),
            capture_output=True,
            check=True,
            cwd=tmp_path,
        ).stdout
        for given in ({"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1"}, {"PYTHONHASHSEED": "7", "LC_ALL": "C"})
    ]
    assert said[0] == said[1]
    assert int(said[0].partition(b"\n")[0]) > 1000


def test_related_papers_are_cached_until_a_text_changes(tmp_path: Path) -> None:
    papers = [Paper(text.id, text.title, abstract=text.text, summary="Tea.") for text in SHELF]
    cache, workers = Cache(tmp_path), Workers()
    with related_papers.related(papers, cache, workers) as found:
        first = found()
    written = (tmp_path / "related").stat().st_mtime_ns
    same_texts = [replace(paper, summary="More.", note="x", rating=3) for paper in papers]
    with related_papers.related(same_texts, cache, workers) as found:
        assert found() == first
    assert (tmp_path / "related").stat().st_mtime_ns == written
    other_texts = [replace(paper, abstract="Rain.") for paper in papers]
    with related_papers.related(other_texts, cache, workers) as found:
        assert found() != first


def test_nobody_waits_for_the_libraries_where_no_text_changed() -> None:
    program = "import sys, papershelf.build; print('sklearn' in sys.modules or 'numpy' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, env=child_environment()
    )
    assert run.stdout.strip() == "False"

"""What is damaged or missing takes no more than itself along: cards, addresses, the reader's own list."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Route, expect

from support.project import TESTS, copy_project

SIGNATURE = b"pagefind_dcd"
URL = "https://example.org/small/"
NAME = "papershelf:/small/"
TITLES = ("Counting tulips by their shadows", "∞", "…", "Soup", "! ?")
SAVED = "2025-01-02"
FULL = """
    const keep = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
        if (value.length > 2000) throw new DOMException("full", "QuotaExceededError");
        return keep.call(this, key, value);
    };
"""


def build(project: Path) -> Path:
    subprocess.run([sys.executable, "-m", "papershelf", "-C", project, "build", "-q"], check=True)
    return project / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five papers, the first listed the newest; three titles have no word, two of these no text either."""
    project = copy_project(tmp_path_factory.mktemp("damage") / "project", TESTS / "small")
    lines: list[dict[str, object]] = [
        {"id": "wordless", "title": "Without words", "format": "hf-daily-papers"}
    ]
    for number, title in enumerate(TITLES, start=1):
        lines.append(
            {
                "id": f"paper-{number}",
                "title": title,
                "authors": ["Ada Leaf"] if title.isascii() and title[0].isalpha() else [],
                "published": f"2025-01-{20 - number:02}",
                "comments": number * 10,
                "position": number,
                "code": [{"url": f"https://example.org/{number}", "kind": "project"}],
            }
        )
    for file in (project / "content").rglob("*.*"):
        file.unlink()
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (project / "content/papers/wordless.jsonl").write_text(text, "utf-8")
    return build(project)


@pytest.fixture
def home(site: Path, serve_site: Callable[..., str]) -> str:
    return serve_site(site, URL)


@pytest.fixture
def empty_home(tmp_path: Path, serve_site: Callable[..., str]) -> str:
    project = copy_project(tmp_path / "empty", TESTS / "small")
    for file in (project / "content").rglob("*.*"):
        file.unlink()
    return serve_site(build(project), URL)


@pytest.fixture
def causes(page: Page) -> list[str]:
    """The errors that the console shows."""
    shown: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            shown.append(message.text)

    page.on("console", note)
    return shown


def titles(page: Page) -> list[str]:
    return page.locator(".ps-card h2 a").all_inner_texts()


def told(page: Page, words: str) -> None:
    expect(page.locator("#ps-count")).to_have_text(words)


def damage(page: Page, title: str, answer: Callable[[Route, bytes], None]) -> None:
    """Let `answer` answer for the file that a search loads to show the paper with this title."""

    def handle(route: Route) -> None:
        body = route.fetch().body()
        shown = json.loads(gzip.decompress(body).removeprefix(SIGNATURE))
        if shown["meta"]["title"] == title:
            answer(route, body)
        else:
            route.fulfill(body=body)

    page.route("**/*.pf_fragment", handle)


def with_bad_address(route: Route, body: bytes) -> None:
    changed = gzip.decompress(body).replace(b"https://example.org/", b"https://example.org:x/")
    route.fulfill(body=gzip.compress(changed))


def unreadable(route: Route, _: bytes) -> None:
    route.fulfill(body=b"no gzip")


def lost(route: Route, _: bytes) -> None:
    route.abort()


# Cards


@pytest.mark.parametrize("answer", [with_bad_address, unreadable, lost])
def test_a_card_that_cannot_be_shown_is_left_out_and_the_rest_appears(
    page: Page,
    home: str,
    trouble: list[str],
    causes: list[str],
    answer: Callable[[Route, bytes], None],
) -> None:
    damage(page, "Soup", answer)
    page.goto(home + "browse/")
    told(page, f"{len(TITLES)} papers found")
    assert titles(page) == [title for title in TITLES if title != "Soup"]
    assert causes
    trouble.clear()


def test_an_index_that_cannot_be_loaded_is_said_and_its_cause_is_shown(
    page: Page, home: str, trouble: list[str], causes: list[str]
) -> None:
    page.route("**/*.pf_fragment", lambda route: route.abort())
    page.goto(home + "browse/")
    told(page, "The search index could not be loaded. Check the connection and reload the page.")
    page.unroute("**/*.pf_fragment")
    page.route("**/pagefind.js", lambda route: route.abort())
    page.reload()
    told(page, "The search index could not be loaded. Check the connection and reload the page.")
    assert any("pagefind.js" in cause for cause in causes)
    page.locator("body").press("Control+k")
    page.keyboard.type("tulips")
    expect(page.locator("dialog [role=status]")).to_contain_text("could not be loaded")
    trouble.clear()


def test_the_search_leaves_out_a_paper_that_cannot_be_loaded(
    page: Page, home: str, trouble: list[str]
) -> None:
    damage(page, "Soup", lost)
    page.goto(home)
    page.keyboard.press("/")
    page.keyboard.type("leaf")
    expect(page.get_by_role("option")).to_have_count(2)
    assert page.locator("[role=option] strong").all_inner_texts() == [TITLES[0]]
    trouble.clear()


# Titles without a word


def test_papers_whose_titles_have_no_word_are_found_and_orders_hold(page: Page, home: str) -> None:
    page.goto(home + "browse/")
    told(page, f"{len(TITLES)} papers found")
    assert titles(page) == [*TITLES]
    page.get_by_label("Sort by").select_option("comments")
    expect(page.locator(".ps-card h2 a").first).to_have_text(TITLES[-1])
    assert titles(page) == [*reversed(TITLES)]
    page.goto(home + "browse/?q=soup&sort=comments")
    told(page, "1 paper found")
    assert titles(page) == ["Soup"]


# A site without papers


def test_a_site_without_papers_says_so(page: Page, empty_home: str, trouble: list[str]) -> None:
    for address in ("browse/", "browse/?q=soup", "browse/?sort=comments&q=soup"):
        page.goto(empty_home + address)
        told(page, "There are no papers here yet.")
    page.keyboard.press("Control+k")
    page.keyboard.type("soup")
    expect(page.locator("dialog [role=status]")).to_have_text("There are no papers here yet.")
    assert not trouble
    page.goto(empty_home + "papers/soup/")
    expect(page.locator("#ps-missing")).to_be_hidden()
    trouble[:] = [each for each in trouble if "404" not in each]


# Lost addresses


@pytest.mark.parametrize("address", ["%", "%E0%A4%A", "papers/%FFtulips%", "%C3%A9%20tulips"])
def test_an_address_that_is_no_text_is_only_lost(
    page: Page, home: str, trouble: list[str], address: str
) -> None:
    with page.expect_response(home + address):
        page.goto(home + address)
    expect(page.locator("h1")).to_have_text("Page not found")
    if "tulips" in address:
        expect(page.locator("#ps-missing li a").first).to_have_text(TITLES[0])
    page.wait_for_load_state("networkidle")
    trouble[:] = [each for each in trouble if "404" not in each]


# The reader's own list


def item(name: str, **changes: object) -> dict[str, Any]:
    paper = {"id": name, "title": f"Paper {name}", "facts": "2025", "text": "", "saved": SAVED, "read": ""}
    return {"id": name, "title": name, "custom": {"papershelf": {**paper, **changes}}}


def bring(page: Page, items: object) -> None:
    expect(page.locator("#ps-count")).not_to_be_empty()  # by now the page can import
    data = json.dumps(items).encode()
    page.get_by_label("Import a list").set_input_files(
        {"name": "papers.json", "mimeType": "application/json", "buffer": data}
    )


def raw(page: Page, name: str = NAME) -> str | None:
    text: str | None = page.evaluate("name => localStorage.getItem(name)", name)
    return text


def stored(page: Page) -> dict[str, object] | None:
    papers: dict[str, object] | None = json.loads(raw(page) or "null")
    return papers


def store(page: Page, text: str) -> None:
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [NAME, text])


def kept(name: str, **changes: object) -> dict[str, object]:
    return {"title": f"Paper {name}", "facts": "2025", "text": "", "saved": SAVED, "read": "", **changes}


def test_an_import_that_the_browser_refuses_says_so_and_changes_nothing(page: Page, home: str) -> None:
    page.goto(home + "browse/?saved")
    store(page, json.dumps({"old": kept("old")}))
    page.add_init_script(FULL)
    page.reload()
    told(page, "1 paper found")
    bring(page, [item(f"new-{number}") for number in range(100)])
    expect(page.locator("#ps-said")).to_have_text(
        "This browser has no room for that list. Nothing was imported; your own is as it was."
    )
    told(page, "1 paper found")
    assert stored(page) == {"old": kept("old")}
    bring(page, [item("one-more")])
    expect(page.locator("#ps-said")).to_have_text("1 paper imported.")
    assert stored(page) == {"old": kept("old"), "one-more": kept("one-more")}


def test_what_is_no_paper_is_left_out_and_counted(page: Page, home: str) -> None:
    page.goto(home + "browse/?saved")
    nonsense: list[object] = [
        None,
        5,
        "text",
        [],
        {"custom": None},
        {"custom": {"papershelf": 5}},
        {"custom": {"papershelf": {"title": "T", "saved": SAVED}}},
        item("a", title=7),
        item("b", saved=""),
        item("c", saved="soon"),
        item("d", saved=True),
        item("A B"),
        item("twice"),
    ]
    bring(page, [*nonsense, item("first"), item("twice", title="Again", facts=None, extra="<b>")])
    expect(page.locator("#ps-said")).to_have_text("2 papers imported. 13 entries left out.")
    told(page, "2 papers found")
    assert {*titles(page)} == {"Paper first", "Again"}
    assert stored(page) == {"first": kept("first"), "twice": kept("twice", title="Again", facts="")}


@pytest.mark.parametrize("items", [[{"custom": {"papershelf": 5}}], [None], [], {}, None, 5, "text"])
def test_a_file_without_a_paper_is_refused(page: Page, home: str, items: object) -> None:
    page.goto(home + "browse/?saved")
    bring(page, items)
    expect(page.locator("#ps-said")).to_have_text("This file holds no list exported here.")
    assert stored(page) is None


def test_as_many_are_shown_as_were_imported(page: Page, home: str) -> None:
    page.goto(home + "browse/?saved")
    bring(page, [item("one")])
    told(page, "1 paper found")
    bring(page, [item("two"), item("three")])
    expect(page.locator("#ps-said")).to_have_text("2 papers imported.")
    told(page, "3 papers found")
    assert len(titles(page)) == 3


@pytest.mark.parametrize(
    ("before", "readable"),
    [
        ('{"good":%s,"bad":null}', ["good"]),
        ('{"good":%s,"bad":{"title":5}}', ["good"]),
        ('{"good":%s,"bad":"text"}', ["good"]),
        ('{"good":%s,"bad":{"tit', []),
    ],
)
def test_a_damaged_list_shows_what_can_be_read_and_is_kept_whole(
    page: Page, home: str, before: str, readable: list[str]
) -> None:
    page.goto(home + "browse/?saved")
    text = before % json.dumps(kept("good"), separators=(",", ":"))
    store(page, text)
    page.reload()
    shown = [f"Paper {name}" for name in readable]
    told(
        page,
        "1 paper found" if shown else "Nothing saved yet. Save papers with the bookmark beside their titles.",
    )
    assert titles(page) == shown
    page.goto(home + "papers/paper-1/")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Save")).to_have_attribute("aria-pressed", "true")
    assert [*(stored(page) or ())] == [*readable, "paper-1"]
    assert raw(page, f"{NAME}:damaged") == text


def test_a_sound_list_is_put_aside_nowhere(page: Page, home: str) -> None:
    page.goto(home + "papers/paper-1/")
    for state in ("Save", "Mark as read", "Save", "Save"):
        page.get_by_role("button", name=state).click()
    assert [*(stored(page) or ())] == ["paper-1"]
    assert raw(page, f"{NAME}:damaged") is None


def test_a_damaged_list_is_left_alone_where_there_is_no_room_to_put_it_aside(page: Page, home: str) -> None:
    page.goto(home + "papers/paper-1/")
    damaged = json.dumps({"good": kept("good", text="x" * 3000), "bad": None})
    store(page, damaged)
    page.add_init_script(FULL)
    page.reload()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This browser does not keep it")).to_be_visible()
    assert raw(page) == damaged

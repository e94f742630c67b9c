"""A project that is edited while it is served and open in a real browser."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

from papershelf.incremental import filetree, staging
from papershelf.serve import serving
from papershelf.serve.status import Status, StatusChannel
from support.project import SMALL, copy_project

GARDEN = "papers/a-garden-that-learns/"
CURATION = "content/curation/first.yml"
SOON = 30_000  # milliseconds


class Served:
    """A project served by another process, whose output is in `printed`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.log = root.parent / "log.txt"
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "papershelf", "-C", self.root, "serve", "--port", "0"],
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        self.url = re.findall(r"http://\S+", self.until("Serving "))[0]

    @property
    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def until(self, words: str, since: int = 0) -> str:
        """Wait for words after the first `since` printed characters; return all that was printed."""
        end = time.monotonic() + 120
        while words not in self.printed[since:]:
            assert self.process.poll() is None, self.printed
            assert time.monotonic() < end, self.printed
            time.sleep(0.05)
        return self.printed

    def edit(self, name: str, change: Callable[[str], str]) -> None:
        path = self.root / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        self.process.send_signal(how)
        self.process.wait(timeout=60)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(copy_project(tmp_path_factory.mktemp("live") / "small", content=SMALL))
    served.until("Built:")
    yield served
    served.stop()
    assert served.process.returncode == 0, served.printed


@pytest.fixture
def served(running: Served) -> Iterator[Served]:
    """The running server; its content is restored after the test."""
    before = {path: path.read_bytes() for path in running.root.glob("content/**/*") if path.is_file()}
    before |= {path: path.read_bytes() for path in running.root.glob("templates/*.md")}
    yield running
    since = len(running.printed)
    changed = [path for path, content in before.items() if path.read_bytes() != content]
    for path in changed:
        path.write_bytes(before[path])
    if changed:
        running.until("Built:", since)


def test_a_saved_edit_is_shown_at_the_same_scroll_position(served: Served, page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 200})
    page.goto(served.url + GARDEN)
    page.evaluate("window.scrollTo(0, 150)")
    served.edit(CURATION, lambda text: text.replace("when to water itself", "to wait for rain"))

    expect(page.get_by_text("A garden learns to wait for rain.").first).to_be_visible(timeout=SOON)
    page.wait_for_function("scrollY === 150")


def test_every_open_tab_is_reloaded(served: Served, page: Page) -> None:
    home = page.context.new_page()
    page.goto(served.url + GARDEN)
    home.goto(served.url)
    served.edit(CURATION, lambda text: text.replace("when to water itself", "in two tabs"))

    expect(page.get_by_text("A garden learns in two tabs.").first).to_be_visible(timeout=SOON)
    expect(home.get_by_text("A garden learns in two tabs.").first).to_be_visible(timeout=SOON)


def test_a_mistake_is_shown_above_the_last_good_page(served: Served, page: Page) -> None:
    page.goto(served.url + GARDEN)
    since = len(served.printed)
    served.edit(CURATION, lambda text: f"{text}- paper: <img src=x onerror=alert(1)>\n  kind: magic\n")

    overlay = page.locator("papershelf-problems dialog")
    expect(overlay).to_contain_text("content/curation/first.yml:9:", timeout=SOON)
    expect(page.locator("h1")).to_have_text("A Garden That Learns")
    served.until("first.yml:9:", since)
    page.goto(served.url)
    expect(overlay).to_contain_text("content/curation/first.yml:9:")

    served.edit(CURATION, lambda text: text.replace("  kind: magic\n", ""))
    expect(overlay).to_contain_text("no paper '<img src=x onerror=alert(1)>'", timeout=SOON)
    expect(overlay.locator("img")).to_have_count(0)

    served.edit(CURATION, lambda text: text[: text.index("- paper: <img")])
    expect(overlay).to_be_hidden(timeout=SOON)


def test_a_closed_overlay_stays_closed_until_there_is_another_problem(served: Served, page: Page) -> None:
    page.goto(served.url + GARDEN)
    overlay = page.locator("papershelf-problems dialog")
    served.edit(CURATION, lambda text: f"{text}- paper: nobody\n")
    expect(overlay).to_contain_text("no paper 'nobody'", timeout=SOON)
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    with page.expect_response(re.compile("__papershelf/events")):
        page.reload()
    page.wait_for_timeout(300)
    expect(overlay).to_be_hidden()

    served.edit(CURATION, lambda text: text.replace("nobody", "somebody"))
    expect(overlay).to_contain_text("no paper 'somebody'", timeout=SOON)
    overlay.get_by_role("button", name="Close").click()
    expect(overlay).to_be_hidden()


def test_the_published_site_stays_the_last_good_one(served: Served, page: Page) -> None:
    def site() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in (served.root / "site").rglob("*") if path.is_file()}

    before = site()
    page.goto(served.url)
    served.edit(CURATION, lambda text: f"{text}- paper: nobody\n")
    expect(page.locator("papershelf-problems dialog")).to_be_visible(timeout=SOON)
    page.wait_for_timeout(1000)
    assert site() == before
    assert not any(b"__papershelf" in content for content in before.values())


def test_a_hidden_paper_disappears_and_comes_back(served: Served, page: Page, trouble: list[str]) -> None:
    page.goto(served.url + GARDEN)
    served.edit(CURATION, lambda text: text.replace("  kind: method\n", "  hide: too dry\n"))
    expect(page.locator("h1")).to_have_text("Page not found", timeout=SOON)
    served.edit(CURATION, lambda text: text.replace("  hide: too dry\n", ""))
    expect(page.locator("h1")).to_have_text("A Garden That Learns", timeout=SOON)
    assert all("404" in each for each in trouble)
    trouble.clear()


def test_the_search_finds_a_new_word_after_the_build(served: Served, page: Page) -> None:
    page.goto(served.url)
    since = len(served.printed)
    served.edit(CURATION, lambda text: text.replace("when to water itself", "xylophone"))
    served.until("Built:", since)
    page.goto(served.url)
    page.keyboard.press("/")
    page.keyboard.type("xylophone")
    expect(page.locator("#ps-results a").first).to_contain_text("A Garden That Learns", timeout=SOON)


def test_related_papers_appear_after_the_build(served: Served, page: Page) -> None:
    titles = {"twins": "Neural hoses for tulips at night", "twins-2": "Watering tulips with neural hoses"}
    page.goto(f"{served.url}papers/twins/")
    for name, title in titles.items():
        line = f"- paper: {name}\n"
        served.edit(CURATION, lambda text, old=line, new=f"{line}  title: {title}\n": text.replace(old, new))  # type: ignore[misc]
    related = page.locator("main").get_by_role("link", name=titles["twins-2"])
    end = time.monotonic() + 60
    while related.count() != 1 and time.monotonic() < end:
        time.sleep(0.5)
        page.reload()
    assert related.count() == 1

    served.edit(CURATION, lambda text: text.replace("- paper: twins-2\n", "- paper: twins-2\n  hide: dry\n"))
    expect(related).to_have_count(0, timeout=SOON)
    expect(page.locator("h1")).to_have_text(titles["twins"])


def test_the_build_waits_for_another_one_and_the_preview_does_not(served: Served, page: Page) -> None:
    page.goto(served.url + GARDEN)
    with staging.lock(served.root / "build"):
        since = len(served.printed)
        served.edit(CURATION, lambda text: text.replace("when to water itself", "patience"))
        expect(page.get_by_text("A garden learns patience.").first).to_be_visible(timeout=SOON)
        page.wait_for_timeout(1000)
        assert "Built:" not in served.printed[since:]
    served.until("Built:", since)


def test_a_second_server_of_one_list_is_refused(served: Served) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "papershelf", "-C", served.root, "serve", "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 2
    assert "another papershelf serve shows this reading list already" in second.stderr


def test_a_new_index_reloads_only_pages_that_loaded_the_old_one(tmp_path: Path, page: Page) -> None:
    icon = '<link rel="icon" href="data:,">'
    filetree.write_tree(
        tmp_path,
        {
            "index.html": f"{icon}<body></body>",
            "searching/index.html": f'{icon}<body><script src="../pagefind/a.js"></script></body>',
            "pagefind/a.js": "let a",
        }.items(),
    )
    channel = StatusChannel(Status("1"))
    with serving(tmp_path, "", channel=channel) as address:
        for name, renewed in (("", False), ("searching/", True)):
            with page.expect_response(re.compile("__papershelf/events")):
                page.goto(address + name)
            page.wait_for_timeout(200)
            page.evaluate("window.sameDocument = true")
            channel.publish(replace(channel.latest, index=channel.latest.index + 1))
            page.wait_for_timeout(500)
            assert page.evaluate("!window.sameDocument") == renewed, name
        page.close()


def test_an_edited_template_is_shown_and_a_broken_one_reported(
    served: Served, page: Page, trouble: list[str]
) -> None:
    page.goto(served.url + GARDEN)
    whole = (served.root / "templates/paper.md").read_text(encoding="utf-8")
    served.edit("templates/paper.md", lambda text: f"{text}\nWatered daily.\n")
    expect(page.get_by_text("Watered daily.")).to_be_visible(timeout=SOON)

    overlay = page.locator("papershelf-problems dialog")
    served.edit("templates/paper.md", lambda text: f"{text}{{% if %}}\n")
    line = whole.count("\n") + 3
    expect(overlay).to_contain_text(f"templates/paper.md:{line}: ", timeout=SOON)
    expect(page.get_by_text("Watered daily.")).to_be_visible()
    served.edit("templates/paper.md", lambda _: f"{whole}\n{{{{ view.nothing }}}}\n")
    expect(overlay).to_contain_text(f"templates/paper.md:{line - 1}: ", timeout=SOON)
    page.wait_for_load_state()
    assert all("500" in error for error in trouble)  # the page itself, which cannot be rendered
    trouble.clear()


def test_a_new_title_of_the_site_is_shown(served: Served, page: Page) -> None:
    page.goto(served.url)
    served.edit("site_config.yml", lambda text: text.replace("A small list", "A smaller list"))
    expect(page).to_have_title("A smaller list", timeout=SOON)
    since = len(served.printed)
    served.edit("site_config.yml", lambda text: text.replace("A smaller list", "A small list"))
    served.until("Built:", since)


def test_edits_in_quick_succession_end_in_the_site_of_the_last(served: Served) -> None:
    since = len(served.printed)
    for number in range(8):
        served.edit(CURATION, lambda text, n=number: re.sub(r"learns .*\.", f"learns {n} things.", text))  # type: ignore[misc]
        time.sleep(0.25)
    served.until("Built:", since)
    page = served.root / "site" / GARDEN / "index.html"
    assert "learns 7 things." in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_no_process_is_left_running(tmp_path: Path, how: signal.Signals) -> None:
    served = Served(copy_project(tmp_path / "small", content=SMALL))
    assert urllib.request.urlopen(served.url, timeout=10).status == 200  # noqa: S310  an http address of our own server
    started = psutil.Process(served.process.pid).children(recursive=True)
    assert started, "the build runs while the pages can be read already"
    served.stop(how)
    assert served.process.returncode == 0, served.printed
    assert "Traceback" not in served.printed
    _, alive = psutil.wait_procs(started, timeout=5)
    assert not alive


def test_content_that_is_broken_from_the_start(tmp_path: Path, page: Page, trouble: list[str]) -> None:
    project = copy_project(tmp_path / "small", content=SMALL)
    good = (project / CURATION).read_text(encoding="utf-8")
    (project / CURATION).write_text("- paper: nobody\n", encoding="utf-8")
    served = Served(project)
    page.goto(served.url)
    expect(page.locator("papershelf-problems dialog")).to_contain_text("no paper 'nobody'")
    trouble.clear()
    served.edit(CURATION, lambda _: good)
    expect(page.locator("h1")).to_have_text("A small list", timeout=SOON)
    page.close()
    served.stop()

"""The part `saved` of fuzz.py: a browser's own list, mutated, read by the scripts of a site in Chromium."""

import contextlib
import json
import shutil
import subprocess
import time
from pathlib import Path
from random import Random

import shared
from playwright.sync_api import Page, sync_playwright

from papershelf.serve import serving

URL = "https://example.org/small/"
NAME = "papershelf:/small/"
BATCH = 400
SAVED = {"title": "Soup", "facts": "2025", "text": "", "saved": "2025-01-02", "read": ""}
PIECES = (
    "null",
    "{}",
    "[]",
    '"',
    "{",
    "}",
    "\\ud800",
    "__proto__",
    "constructor",
    "1e999",
    ":",
    ",",
    "<img>",
    "\0",
)
TRY = """async ([name, texts]) => {
    const list = await import("./assets/papershelf/list.js");
    const fields = ["facts", "read", "saved", "text", "title"].join();
    const lost = [];
    for (const text of texts) {
        try {
            localStorage.setItem(name, text);
            const read = list.papers();
            for (const paper of Object.values(read)) {
                const typed = Object.values(paper).every((value) => typeof value === "string");
                if (!typed || Object.keys(paper).sort().join() !== fields) throw new Error("no paper");
            }
            let items = null;
            try { items = JSON.parse(text); } catch {}
            list.sound(items);
            list.put({ soup: read.soup ?? list.sound({ soup: { title: "S", saved: "2025-01-02" } }).soup });
            for (const id of Object.keys(read)) {
                const { saved, read: day } = read[id];
                if ((saved || day) && !Object.hasOwn(list.papers(), id)) throw new Error(`lost ${id}`);
            }
        } catch (error) { lost.push(`${error} with ${text}`); }
    }
    localStorage.clear();
    return lost;
}"""


def fuzz(seconds: int, chance: Random, work: Path) -> None:
    """Mutate saved lists until the time is over; every batch, one of them is shown by the browse page."""
    folder = work / "saved"
    shutil.copytree(shared.ROOT / "tests/small", folder)
    shared.run(shared.papershelf(folder, "build", "-q"), work)
    chromium = subprocess.run([shared.ROOT / "scripts/chromium"], capture_output=True, text=True, check=True)
    options = {"executable_path": chromium.stdout.strip(), "args": ["--no-sandbox", "--disable-gpu"]}
    with (
        sync_playwright() as playwright,
        serving(folder / "site", URL) as home,
        contextlib.closing(playwright.chromium.launch(**options)) as browser,
    ):
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(home)
        tried, until = 0, time.monotonic() + seconds
        while time.monotonic() < until:
            texts = [mutated(chance) for _ in range(BATCH)]
            lost = page.evaluate(TRY, [NAME, texts])
            shared.demand(not lost, "saved: " + "\n".join(lost[:3]))
            show(page, home, chance.choice(texts), errors)
            tried += BATCH
    shared.say(f"saved: {tried} lists, {tried // BATCH} of them shown")


def show(page: Page, home: str, text: str, errors: list[str]) -> None:
    """Open the reader's list with this text in the storage."""
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [NAME, text])
    page.goto(f"{home}browse/?saved")
    page.wait_for_function("document.querySelector('#ps-count')?.textContent", timeout=5000)
    shared.demand(not errors, f"saved: {errors} with {text!r}")
    page.goto(home)


def mutated(chance: Random) -> str:
    """A list with one to six changes."""
    papers = {name: dict(SAVED) for name in chance.sample(["soup", "twins", "a-b", "constructor"], 2)}
    paper = papers[chance.choice(sorted(papers))]
    wrong = [None, 5, [], {}, True, "", "soon", "2025-99-99", "x" * 200, "<script>", "\u202e"]
    paper[chance.choice(sorted(paper))] = chance.choice(wrong)  # type: ignore[assignment]
    text = json.dumps(papers, ensure_ascii=chance.random() < 0.5)
    for _ in range(chance.choice((0, 1, 1, 2, 3, 6))):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + chance.choice((0, 1, 5, 40)))
        text = text[:at] + chance.choice(("", chr(chance.randrange(1, 0x2100)), *PIECES)) + text[end:]
    return text

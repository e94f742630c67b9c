"""Two builds and a preview of one list at once, with edits in between; then builds under other clocks.

    .venv/bin/python scripts/campaigns/together.py --seconds 180 --only clocks

Nothing may end in a traceback, the preview answers throughout, and the last site equals one from scratch. The
clock is moved if the variable LIBFAKETIME names that library (libfaketimeMT.so.1); times of files are in any
case.
"""

import http.client
import os
import re
import shutil
import time
from argparse import Namespace
from collections import Counter
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import shared
from shared import demand

BUSY = "another build is at work"
BUILDERS = 2
ENDINGS = {0, 130, 143}
START = 60  # seconds that the preview may take to start, and a page of it to come
CLOCKS = (
    "1970-01-02 00:00:00",
    "1999-12-31 23:59:59",
    "2038-01-19 03:14:05",
    "2099-12-31 00:00:00",
    "-1d",
    "+1h",
)
EPOCHS = ("0", "1", "253402300799", "253402300800", "-1", "x", " ", "9" * 30)
TIMES = (0, 4_092_595_200, 2**31 + 5)  # seconds: 1970, 2099, 2038
WORDS = ("Soup", "A [link](../topics/index.md).", "**Bold** and more", "x" * 300, "| a | b |", "∞")
WRONG = ("<script>", "[x](nowhere.md)", "<b")


def main(options: Namespace, chance: Random, work: Path) -> None:
    """Run the parts."""
    if "together" in (options.only or ["together"]):
        together(options.seconds, chance, work)
    if "clocks" in (options.only or ["clocks"]):
        clocks(chance, work)


def together(seconds: int, chance: Random, work: Path) -> None:
    """Build twice at once and serve, and edit."""
    folder = work / "list"
    shutil.copytree(shared.ROOT / "tests/full", folder)
    preview = shared.start(shared.papershelf(folder, "serve", "--port", "0"), work / "serve.txt")
    try:
        url = address(work / "serve.txt")
        counts = edit_and_build(folder, url, time.monotonic() + seconds, chance, work)
        demand(preview.poll() is None, f"the preview ended: {told(work / 'serve.txt')}")
    finally:
        preview.terminate()
    demand(preview.wait(START) in ENDINGS, f"the preview ended with {preview.returncode}")
    demand(shared.TRACEBACK not in told(work / "serve.txt"), told(work / "serve.txt"))
    edit(folder, chance, "The end.")
    equal_to_scratch(folder, work)
    shared.say(f"together: {dict(counts)}")


def edit_and_build(folder: Path, url: str, until: float, chance: Random, work: Path) -> Counter[str]:
    """Keep two builds going, and edit and read a page whenever one ends."""
    counts: Counter[str] = Counter()
    running: dict[int, shared.Process] = {}
    while time.monotonic() < until or running:
        for number in range(BUILDERS):
            build = running.get(number)
            if build is None and time.monotonic() < until:
                running[number] = shared.start(
                    shared.papershelf(folder, "build", "-q"), work / f"{number}.txt"
                )
            elif build and build.poll() is not None:
                del running[number]
                text = told(work / f"{number}.txt")
                busy = build.returncode == 2 and BUSY in text
                demand(busy or (build.returncode in {0, 1} and shared.TRACEBACK not in text), text)
                counts["busy" if busy else ("built", "refused")[build.returncode]] += 1
        edit(folder, chance, chance.choice((*WORDS, *WORDS, *WRONG)))
        counts["edits"] += 1
        counts[f"page {status(url + chance.choice(('', 'about/', 'papers/', 'browse/')))}"] += 1
        time.sleep(chance.uniform(0, 0.6))
    return counts


def address(log: Path) -> str:
    """Where the preview is, as it says itself."""
    for _ in range(START * 10):
        if found := re.search(r"http://127\.0\.0\.1:\d+/\S*", told(log)):
            return found[0].rstrip(".")
        time.sleep(0.1)
    raise shared.LossError(f"the preview does not start: {told(log)}")


def status(url: str) -> int:
    """What the preview answers; any answer will do but one that says that something broke."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=START)
    try:
        connection.request("GET", parts.path)
        code = connection.getresponse().status
    except OSError as error:
        raise shared.LossError(f"the preview does not answer: {error}") from error
    finally:
        connection.close()
    demand(code in {200, 404, 503}, f"the preview answers with {code}")
    return code


def told(log: Path) -> str:
    """What a command has printed so far."""
    return log.read_text("utf-8", errors="replace")


def edit(folder: Path, chance: Random, words: str) -> None:
    """Change a page, the settings or the records, each in one step as editors do."""
    name = chance.choice(("content/pages/about.md", "site_config.yml", "content/curation/tea.yml"))
    text = (shared.ROOT / "tests/full" / name).read_text("utf-8")
    if name.endswith(".md"):
        text += f"\n{words}\n"
    elif name == "site_config.yml":
        text = text.replace("title: A full list", f"title: A list of {chance.randrange(100)}")
    else:
        text += f"\n# {chance.randrange(100)}\n"
    partial = folder / "edited.partial"
    partial.write_text(text, "utf-8")
    partial.replace(folder / name)


def equal_to_scratch(folder: Path, work: Path, *arguments: str) -> None:
    """Build, and compare with a build of the same content in another folder."""
    fresh = work / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns("build", "site"))
    for each in (folder, fresh):
        outcome = shared.run(shared.papershelf(each, "build", "-q", *arguments), work)
        demand(outcome.code == 0, outcome.output)
    lost = shared.difference(shared.tree(folder / "site"), shared.tree(fresh / "site"))
    demand(not lost, f"the site differs from one from scratch: {lost}")


def clocks(chance: Random, work: Path) -> None:
    """Run every command under other clocks, other times of files and other epochs, with edits in between."""
    folder = work / "clocks"
    shutil.copytree(shared.ROOT / "tests/full", folder)
    shared.run(shared.papershelf(folder, "build", "-q"), work)
    library = os.environ.get("LIBFAKETIME")
    moved = [{"LD_PRELOAD": library, "FAKETIME": clock} for clock in CLOCKS] if library else []
    commands = (("build", "-q"), ("check",), ("digest", "--days", "7"), ("schema",), ("new", "topic"))
    for number, clock in enumerate(moved):
        edit(folder, chance, f"Clock {number}.")
        for command in commands:
            more = [f"clock {number}"] if command[0] == "new" else []
            if command[0] == "build" or chance.random() < 0.5 or not more:
                outcome = shared.run(shared.papershelf(folder, *command, *more), work, **clock)
                demand(outcome.code == 0, f"{clock}: {outcome.output}")
            if more:
                shutil.copyfile(shared.ROOT / "tests/full/content/topics.yml", folder / "content/topics.yml")
        equal_to_scratch(folder, work)
    for moment in TIMES:
        edit(folder, chance, f"Time {moment}.")
        for path in folder.rglob("*"):
            os.utime(path, (moment, moment), follow_symlinks=False)
        equal_to_scratch(folder, work)
    for epoch in EPOCHS:
        outcome = shared.run(shared.papershelf(folder, "build", "-q"), work, SOURCE_DATE_EPOCH=epoch)
        demand(outcome.code in {0, 2} and (outcome.code == 0 or outcome.output), f"{epoch}: {outcome.output}")
    equal_to_scratch(folder, work)
    shared.say(f"clocks: {len(moved)} clocks, {len(TIMES)} times of files, {len(EPOCHS)} epochs")


if __name__ == "__main__":
    shared.campaign(__doc__, main, seconds=180)

"""How long after a save the browser shows it: `python -m bench.live --papers 10000`."""

import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Page, sync_playwright

from bench import measure, papers, project
from bench.browser import CHROMIUM, WAIT

ROOT = Path(__file__).parent.parent
SERVE = (sys.executable, "-m", "papershelf", "-C")
ADDRESS = re.compile(r"http://\S+")
PAUSE = 6.0  # seconds from one save to the next, in which the build that follows comes to its end


@click.command()
@click.option("--papers", "count", type=click.IntRange(1), default=2000, show_default=True, help="How many.")
@click.option("--seed", default=1, show_default=True, help="Of the fabricated papers.")
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="How many saves.")
@click.option("--pause", default=PAUSE, show_default=True, help="Seconds between two saves.")
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "build/bench",
    help="Where to build; emptied before and afterwards.",
)
def main(*, count: int, seed: int, rounds: int, pause: float, work: Path) -> None:
    """Measure the time from saving a paper's summary to its being seen on the paper's page in Chromium."""
    listings, words = papers.fabricate(count, seed)
    shutil.rmtree(work, ignore_errors=True)
    folder = work / "live"
    project.make(folder, listings, words)
    paper = next(iter(listings.values()))[0].id
    with _serving(folder) as address, _browser() as page:
        page.goto(f"{address}papers/{paper}/")
        seen = [_seconds(page, folder, paper, number, pause) for number in range(1, rounds + 1)]
    shutil.rmtree(work)
    figures = ", ".join(f"{each:.2f}" for each in seen)
    click.echo(
        f"{count} papers, seconds from save to sight: median {statistics.median(seen):.2f} ({figures})"
    )


def _seconds(page: Page, folder: Path, paper: str, number: int, pause: float) -> float:
    time.sleep(pause)
    start = time.perf_counter()
    project.edit(folder, paper, number)
    page.get_by_text(f"Edited {number} times.").first.wait_for(timeout=WAIT)
    return time.perf_counter() - start


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """The address of the project's server, as soon as the first build is done."""
    log = folder / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen([*SERVE, folder, "serve", "--port", "0"], stdout=output)
    try:
        while b"Built:" not in log.read_bytes():
            if process.poll() is not None:
                raise measure.FailedError("the server stopped")
            time.sleep(measure.INTERVAL)
        yield ADDRESS.findall(log.read_text(encoding="utf-8"))[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


@contextmanager
def _browser() -> Iterator[Page]:
    executable = subprocess.run([CHROMIUM], capture_output=True, text=True, check=True).stdout.strip()
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"]) as browser,
    ):
        yield browser.new_page()


if __name__ == "__main__":
    main()

"""The command line as a user meets it: another process, its words and its exit codes."""

import queue
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from support.project import TESTS, child_environment, copy_project


def papershelf(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "papershelf", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=child_environment(**environment),
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small list with the project's templates."""
    return copy_project(tmp_path / "small", content=TESTS / "small")


def test_help_answers_without_loading_the_heavy_parts() -> None:
    code = (
        "import sys; from papershelf.cli import main; print(sorted({n.split('.')[0] for n in sys.modules}))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=child_environment()
    ).stdout

    assert not {"pydantic", "jinja2", "yaml", "rich", "mkdocs", "markdown_it", "rapidfuzz"} & set(
        re.findall(r"'(\w+)'", loaded)
    )
    assert "Usage: " in papershelf("-h").stdout


def test_version() -> None:
    assert re.fullmatch(r"papershelf, version \d+\.\d+\.\d+\n", papershelf("--version").stdout)


def test_a_folder_that_is_no_reading_list_is_said_plainly(tmp_path: Path) -> None:
    result = papershelf("-C", tmp_path, "check")

    assert result.returncode == 2
    assert (
        result.stderr
        == f"papershelf: {tmp_path} is no reading list: it has no site_config.yml; name its folder with -C\n"
    )


def test_import_writes_a_listing_and_prints_its_figures(small: Path) -> None:
    listing = TESTS / "listings" / "garden.txt"
    before = sorted((small / "content/papers").iterdir())
    told = papershelf("-C", small, "import", "--dry-run", listing)
    assert "Nothing was written." in told.stdout
    assert sorted((small / "content/papers").iterdir()) == before

    result = papershelf("-C", small, "import", listing)

    assert result.returncode == 0
    figures = next(line.split() for line in result.stdout.splitlines() if "daily-papers-" in line)
    assert figures[:5] == ["daily-papers-2025-03-14", "new", "7", "7", "0"]
    assert (small / "content/papers/daily-papers-2025-03-14.jsonl").exists()
    again = papershelf("-C", small, "import", listing)
    assert " same " in again.stdout


@pytest.mark.parametrize("day", ["2025-13-01", "20250314", "2025-W11-5", "yesterday"])
def test_a_capture_date_that_is_none_is_a_usage_error(small: Path, day: str) -> None:
    result = papershelf("-C", small, "import", "--captured", day, TESTS / "listings" / "garden.txt")

    assert result.returncode == 2
    assert "is not a date written YYYY-MM-DD" in result.stderr


def test_a_document_nobody_can_read_names_the_known_formats(small: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader,\n\nnothing here is a listing.\n", encoding="utf-8")

    result = papershelf("-C", small, "import", letter)

    assert result.returncode in {1, 2}
    assert "hf-listing" in result.stderr


def test_check_says_all_is_well_or_what_is_not(small: Path) -> None:
    assert papershelf("-C", small, "check").stdout == "6 papers, 2 listings: all is well.\n"
    (small / "content/curation/a.yml").write_text("- paper: nobody\n", encoding="utf-8")

    result = papershelf("-C", small, "check")

    assert result.returncode == 1
    assert result.stderr == "content/curation/a.yml:1:10: no paper 'nobody'\n"


def test_strict_makes_warnings_count(small: Path) -> None:
    (small / "content/curation/first.yml").unlink()

    assert papershelf("-C", small, "check").returncode == 0
    assert papershelf("-C", small, "check", "--strict").returncode == 1


def test_a_build_shows_some_warnings_and_check_shows_all(small: Path) -> None:
    listing = '{"id":"many","title":"Many","format":"x"}\n'
    records = (f'{{"id":"kettle-{n}","title":"Kettle {n}","position":{n}}}\n' for n in range(1, 26))
    (small / "content/papers/many.jsonl").write_text(listing + "".join(records), encoding="utf-8")

    built = papershelf("-C", small, "build", "-q").stderr.splitlines()
    checked = papershelf("-C", small, "check").stderr.splitlines()

    assert len(checked) == 25
    assert all("no topic matches" in line for line in checked)
    assert built == [*checked[:20], "… and 5 more: papershelf check shows all"]


def test_a_build_with_a_mistake_leaves_the_last_good_site(small: Path) -> None:
    assert papershelf("-C", small, "build").returncode == 0
    before = (small / "site/index.html").read_bytes()
    (small / "content/curation/a.yml").write_text("- paper: nobody\n", encoding="utf-8")

    result = papershelf("-C", small, "build")

    assert result.returncode == 1
    assert "Nothing was published" in result.stderr
    assert (small / "site/index.html").read_bytes() == before


def test_quiet_says_nothing_when_all_is_well(small: Path) -> None:
    result = papershelf("-C", small, "build", "--quiet")

    assert (result.stdout, result.stderr, result.returncode) == ("", "", 0)


def test_serve_shows_the_site_and_follows_an_edit(small: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "papershelf", "-C", small, "serve", "--port", "0"],
        env=child_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    printed = lines_of(server)
    try:
        address = re.findall(r"http://\S+", read_until(printed, "Serving"))[0]
        page = f"{address}papers/a-garden-that-learns/"
        assert "when to water itself" in fetch(page)
        curation = small / "content/curation/first.yml"
        text = curation.read_text(encoding="utf-8")
        curation.write_text(text.replace("when to water itself", "to wait for rain"), encoding="utf-8")
        read_until(printed, "Built:")
        assert "to wait for rain" in fetch(page)
        curation.write_text("- paper: nobody\n", encoding="utf-8")
        assert "no paper 'nobody'" in read_until(printed, "last good pages")
        assert "to wait for rain" in fetch(page)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
    assert "Stopped." in read_until(printed, "Stopped.")
    assert server.returncode == 0


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  an http address of our own server
        return str(answer.read().decode("utf-8"))


def lines_of(server: "subprocess.Popen[str]") -> "queue.Queue[str]":
    """What the server prints, line by line as it comes; an empty line at its end."""
    lines: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        assert server.stdout is not None
        for line in server.stdout:
            lines.put(line)
        server.stdout.close()
        lines.put("")

    threading.Thread(target=listen, daemon=True).start()
    return lines


def read_until(lines: "queue.Queue[str]", words: str, seconds: float = 60) -> str:
    """What was printed up to the line that holds `words`."""
    read, end = "", time.monotonic() + seconds
    while words not in read:
        line = lines.get(timeout=max(0.1, end - time.monotonic()))
        assert line, f"the server stopped: {read}"
        read += line
    return read

"""No text from outside steers the terminal: not in a title, an id, a topic, a file's name or a document."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support import daily_papers
from support.project import SMALL, child_environment, copy_project

HOSTILE = "\x1b]0;owned\x07 \r\x9b31m\x85 \u202e \u2028"
SPELLED = r"\x1b]0;owned\x07"
IN_NAMES = "\x1b]0;owned\x07\r\n::error::\u202e\u2028"
IN_YAML = "".join(f"\\u{ord(each):04x}" for each in HOSTILE)
OWN_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|^::error::", re.MULTILINE)
PAPERS = f"""\
- paper: a-garden-that-learns
  title: "A Garden {IN_YAML}"
  summary: "It learns {IN_YAML}."
  authors: ["{{Ada {IN_YAML}}}"]
  note: "See {IN_YAML}."
"""
TOPIC = f"""
- id: moss
  title: "Moss {IN_YAML}"
  rules:
    - weight: 3
      phrases: [garden]
"""
MISTAKE = f"""
- paper: "nobody{IN_YAML}"
  summary: "x"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A list without mistakes in which everything that may be hostile is."""
    folder = copy_project(tmp_path / "list", SMALL)
    (folder / f"content/curation/{IN_NAMES.replace('/', '')}.yml").write_text(PAPERS, "utf-8")
    (folder / "content/curation/first.yml").write_text("- paper: twins\n  topics: [kitchens]\n", "utf-8")
    topics = folder / "content/topics.yml"
    topics.write_text(topics.read_text("utf-8") + TOPIC, "utf-8")
    settings = folder / "site_config.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("title: A small list", f'title: "Small {IN_YAML}"'), "utf-8"
    )
    page = daily_papers.write_page(folder / "content/papers/daily-papers-2025-03-05.jsonl", folder)
    text = page.read_text("utf-8").replace("Soup Is All You Need", f"Soup {HOSTILE} Is All You Need")
    (folder / f"{IN_NAMES}.txt").write_text(f"{text}\nhttp://{HOSTILE}]\n", "utf-8")
    return folder


def on_terminal(project: Path, *arguments: str, stderr: bool = False) -> tuple[int, str, str]:
    """Exit code, what a command printed on a terminal, and what elsewhere; `stderr` swaps the two."""
    terminal, end = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "papershelf", "-C", project, *arguments],
        stdin=subprocess.DEVNULL,
        env=child_environment(TERM="xterm"),
        stdout=subprocess.PIPE if stderr else end,
        stderr=end if stderr else subprocess.PIPE,
    ) as command:
        os.close(end)
        shown = b""
        while piece := _read(terminal):
            shown += piece
        elsewhere = b"".join(stream.read() for stream in (command.stdout, command.stderr) if stream)
    os.close(terminal)
    return command.returncode, shown.decode().replace("\r\n", "\n"), elsewhere.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the last process has closed the other end
        return b""


def assert_harmless(text: str) -> None:
    left = OWN_COLOURS.sub("", text)
    assert not STEERING.search(left), STEERING.sub(lambda found: f"<<{found[0]!r}>>", left)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check",), 0),
        (("build", "--quiet"), 0),
        (("build", "--explain", f"papers/{IN_NAMES}"), 2),
        (("explain", "a-garden-that-learns"), 0),
        (("explain", f"nobody{HOSTILE}"), 1),
        (("suggest",), 0),
        (("new", "paper", f"nobody{HOSTILE}"), 2),
        (("new", "collection", f"Read {HOSTILE}"), 0),
        (("digest", "--since", "2000-01-01"), 0),
        (("digest", "--since", "2000-01-01", "--out", f"{{project}}/{IN_NAMES}.eml"), 0),
        (("import", "--dry-run", f"{{project}}/{IN_NAMES}.txt"), 0),
        (("import", f"{{project}}/{IN_NAMES}.yml"), 2),
        (("schema", IN_NAMES), 2),
        (("init", f"{{project}}/{IN_NAMES}"), 0),
        (("init", "{project}/content"), 2),
        ((IN_NAMES,), 2),
    ],
)
def test_no_command_hands_a_terminal_what_others_wrote(
    project: Path, arguments: tuple[str, ...], code: int
) -> None:
    ended, shown, elsewhere = on_terminal(
        project, *(part.replace("{project}", str(project)) for part in arguments)
    )
    assert ended == code, elsewhere
    assert "Traceback" not in elsewhere
    assert_harmless(shown)
    assert_harmless(elsewhere)


def test_mistakes_are_shown_in_our_colours_and_with_escapes(project: Path) -> None:
    (project / "content/curation/first.yml").write_text(MISTAKE, "utf-8")
    ended, shown, _ = on_terminal(project, "check", stderr=True)
    assert ended == 1
    assert_harmless(shown)
    assert "\x1b[31mcontent/curation/first.yml:2:10: no paper 'nobody" in shown
    assert SPELLED in shown


def test_a_refused_file_of_a_hostile_name_gives_no_runner_a_command(project: Path) -> None:
    (project / f"templates/{IN_NAMES}.md").write_text("unused", "utf-8")
    ended, _, elsewhere = on_terminal(project, "build")
    assert ended == 2
    assert_harmless(elsewhere)
    assert SPELLED in elsewhere


def test_what_goes_elsewhere_than_to_a_terminal_is_as_it_was_written(project: Path) -> None:
    _, _, text = on_terminal(project, "digest", "--since", "2000-01-01", stderr=True)
    _, json, _ = on_terminal(project, "explain", "--json", "a-garden-that-learns")
    assert "\x1b]0;owned\x07" in text
    assert r"\u001b]0;owned\u0007" in json


def test_the_preview_reports_mistakes_with_escapes(project: Path) -> None:
    (project / "content/curation/first.yml").write_text(MISTAKE, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "papershelf", "-C", project, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environment(),
        text=True,
    ) as server:
        assert server.stdout is not None
        first = next(line for line in server.stdout if line.startswith("Serving"))
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=30)
    assert "Stopped." in out
    assert SPELLED in err
    assert_harmless(first + out + err)

"""Each command ends with the code that docs/exit-codes.md says, and never with a traceback."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from papershelf.cli import exit_codes
from support.project import ROOT, SMALL, child_environment, copy_project

PAPERSHELF = (sys.executable, "-m", "papershelf")
LISTING = "Daily Papers\n"
COMMANDS: dict[str, tuple[str, ...]] = {
    "build": ("build",),
    "check": ("check",),
    "export": ("export",),
    "schema": ("schema",),
    "new-paper": ("new", "paper", "2501.12340"),
    "digest": ("digest", "--since", "2000-01-01"),
    "help": ("--help",),
}
every_command = pytest.mark.parametrize("command", COMMANDS)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "list", SMALL)


def run(project: Path, command: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command; `shell` redirects its streams."""
    line = " ".join([*PAPERSHELF, "-C", str(project), *(f"'{part}'" for part in COMMANDS[command]), shell])
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        capture_output=True,
        text=True,
        check=False,
        env=child_environment(**environment),
    )


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@every_command
def test_a_full_device_in_place_of_standard_output_is_named(project: Path, command: str) -> None:
    ended = run(project, command, ">/dev/full")
    assert ended.returncode == 2
    assert ended.stderr.endswith("papershelf: the output cannot be written: No space left on device\n")
    assert "Traceback" not in ended.stderr


@every_command
def test_closed_streams_do_no_harm(project: Path, command: str) -> None:
    ended = run(project, command, ">&- 2>&-")
    assert ended.returncode in {0, 1}


@every_command
def test_a_reader_who_leaves_early_is_no_error(project: Path, command: str) -> None:
    ended = run(project, command, "| true")
    assert ended.returncode in {0, 1, 141}
    assert "Traceback" not in ended.stderr
    assert "Broken pipe" not in ended.stderr


@every_command
def test_an_environment_without_home_and_with_empty_variables_is_enough(project: Path, command: str) -> None:
    names = ("HOME", "LANG", "TERM", "PAPERSHELF_REPOSITORY", "PAPERSHELF_URL", "PAPERSHELF_PLUGINS")
    ended = run(
        project, command, **dict.fromkeys((*names, "SOURCE_DATE_EPOCH", "GITHUB_SHA", "XDG_CACHE_HOME"), "")
    )
    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False)


@pytest.mark.parametrize("epoch", ["abc", "-1", "1e9", "9" * 30, "1700000000.5", "٣"])
def test_a_date_of_the_build_that_is_none_is_named(project: Path, epoch: str) -> None:
    ended = run(project, "build", SOURCE_DATE_EPOCH=epoch)
    assert ended.returncode == 2
    assert "SOURCE_DATE_EPOCH" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_build_and_leaves_nothing(project: Path, sent: signal.Signals, code: int) -> None:
    with subprocess.Popen(
        [*PAPERSHELF, "-C", project, "build"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env=child_environment(),
        start_new_session=True,
    ) as build:
        assert build.stderr is not None
        next(line for line in build.stderr if line.startswith("Framing"))
        os.killpg(build.pid, sent)
        rest = build.stderr.read()
    assert build.returncode == code
    assert "Traceback" not in rest
    assert not (project / "site").exists()
    assert not list((project / "build").glob("staging-*"))


WITH_PERMISSIONS_THAT_COUNT = (  # for root too
    ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-all") if os.geteuid() == 0 else ()
)


@every_command
def test_folders_that_may_not_be_written_are_named(project: Path, command: str) -> None:
    for path in (*project.rglob("*"), project):
        path.chmod(0o555 if path.is_dir() else 0o444)
    ended = subprocess.run(
        [*WITH_PERMISSIONS_THAT_COUNT, *PAPERSHELF, "-C", project, *COMMANDS[command]],
        capture_output=True,
        text=True,
        check=False,
        env=child_environment(PYTHONDONTWRITEBYTECODE="1"),
    )
    for path in (project, *project.rglob("*")):
        path.chmod(0o755)
    writes = command in {"build", "schema", "new-paper"}
    assert ended.returncode == (2 if writes else 0), ended.stderr
    assert not writes or "Permission denied" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_table_in_the_docs_has_every_code() -> None:
    codes = {value for name, value in vars(exit_codes).items() if name.isupper()}
    table = (ROOT / "docs/exit-codes.md").read_text("utf-8")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == {0, *codes}

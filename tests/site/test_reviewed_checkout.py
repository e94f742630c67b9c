"""What SECURITY.md says that a reviewer may run in a checkout runs nothing of it."""

import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from support.project import SMALL, child_environment, copy_project

MODULES = (
    "yaml",
    "jinja2",
    "click",
    "mkdocs",
    "material",
    "markdown",
    "papershelf",
    "sitecustomize",
    "logging",
)
COMMANDS = (
    ("check",),
    ("check", "--format", "github"),
    ("build",),
    ("build", "--explain", "index.html"),
    ("explain", "counting-tulips"),
    ("suggest",),
    ("digest", "--since", "2000-01-01"),
    ("schema",),
    ("new", "paper", "2501.12340"),
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A list with plug-ins, and with modules at its root, that all leave a mark when they run."""
    folder = copy_project(tmp_path / "list", SMALL)
    harm = f"open({str(tmp_path / 'it-ran')!r}, 'a').write(__file__)\n"
    for name in (*MODULES, "plugins/harm", "plugins/__init__", "content/conftest", "templates/hooks"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.py").write_text(harm, "utf-8")
    return folder


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    """The installed command: a script in a folder of its own."""
    script = tmp_path / "bin" / "papershelf"
    script.parent.mkdir()
    script.write_text("from papershelf.cli import run\n\nif __name__ == '__main__':\n    run()\n", "utf-8")
    return [sys.executable, str(script)]


def environment() -> Mapping[str, str]:
    return child_environment(PAPERSHELF_PLUGINS="")


def test_no_command_runs_what_a_checkout_brings(checkout: Path, program: list[str]) -> None:
    for arguments in COMMANDS:
        ended = subprocess.run(
            [*program, *arguments],
            cwd=checkout,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, (arguments, ended.stderr)
        assert not (checkout.parent / "it-ran").exists(), arguments


def test_the_preview_runs_nothing_that_a_checkout_brings(checkout: Path, program: list[str]) -> None:
    with subprocess.Popen(
        [*program, "serve", "--port", "0"],
        cwd=checkout,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        serving = next(line for line in server.stdout if "Serving" in line)
        port = re.findall(r":([0-9]+)/", serving)[0]
        preview = HTTPConnection("127.0.0.1", int(port), timeout=30)
        preview.request("GET", f"{urlsplit(serving.split()[1]).path}papers/counting-tulips/")
        assert b"Counting Tulips" in preview.getresponse().read()
        preview.close()
        next(line for line in server.stdout if "Built:" in line)
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)
    assert not (checkout.parent / "it-ran").exists()


def test_a_module_that_runs_leaves_its_mark(checkout: Path, program: list[str]) -> None:
    subprocess.run(
        [*program, "build", "--plugins"], cwd=checkout, env=environment(), capture_output=True, check=False
    )
    assert "plugins/harm.py" in (checkout.parent / "it-ran").read_text("utf-8")

"""`papershelf serve` as a process: what it survives."""

import contextlib
import http.client
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.project import SMALL, child_environment, copy_project

CURATION = "content/curation/first.yml"
WORDS = "when to water itself"
LONG = 60.0  # seconds


class Served:
    """A project that another process serves."""

    def __init__(self, root: Path) -> None:
        self.root, self.log = root, root.parent / "log.txt"
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "papershelf", "-C", root, "serve", "--port", "0"],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=child_environment(PYTHONUNBUFFERED="1"),
            )
        self.url = re.findall(r"http://\S+", self.until("Serving "))[0]

    def until(self, words: str, since: int = 0) -> str:
        """Wait for words after the first `since` printed characters; return all that was printed."""
        end, waiting = time.monotonic() + LONG, threading.Event()
        while words not in (printed := self.log.read_text("utf-8"))[since:]:
            assert self.process.poll() is None, printed
            assert time.monotonic() < end, printed
            waiting.wait(0.05)
        return printed

    def edit(self, before: str, after: str) -> None:
        path = self.root / CURATION
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")

    def page(self) -> str:
        host, _, base = self.url.removeprefix("http://").partition("/")
        connection = http.client.HTTPConnection(host, timeout=LONG)
        with contextlib.closing(connection):
            connection.request("GET", f"/{base}papers/a-garden-that-learns/")
            return connection.getresponse().read().decode()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(copy_project(tmp_path / "small", content=SMALL))
    try:
        served.until("Built:")
        yield served
    finally:
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(LONG)


def test_a_removed_build_folder_lets_no_second_server_in_and_is_made_again(served: Served) -> None:
    while (served.root / "build").exists():  # the build that is just over may still tidy up
        shutil.rmtree(served.root / "build", ignore_errors=True)
    second = subprocess.run(
        [sys.executable, "-m", "papershelf", "-C", served.root, "serve", "--port", "0"],
        env=child_environment(),
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    assert (second.returncode, second.stdout) == (2, "")
    assert "another papershelf serve shows this reading list already" in second.stderr
    since = len(served.until("Serving "))
    served.edit(WORDS, "after the removal")
    served.until("Built:", since)
    assert "A garden learns after the removal." in served.page()


def test_a_save_without_a_free_file_descriptor_is_no_end(served: Served) -> None:
    soft, hard = resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE)
    since = len(served.until("Built:"))
    resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE, (3, hard))
    served.edit(WORDS, "in a crowd")
    printed = served.until("Too many open files", since)
    assert "Traceback" not in printed
    resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE, (soft, hard))
    since = len(printed)
    served.edit("in a crowd", "alone again")
    served.until("Built:", since)
    assert "A garden learns alone again." in served.page()
    assert "Traceback" not in served.log.read_text("utf-8")

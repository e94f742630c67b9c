"""What the campaigns share: arguments, a scratch folder, commands with a limit, how a loss is told."""

import argparse
import contextlib
import hashlib
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "tests")]

EPOCH = "1700000000"
PATIENCE = 180  # seconds after which a command hangs
MEGABYTE = 2**20
TRACEBACK = "Traceback (most recent call last)"
Process = subprocess.Popen[bytes]
Tree = Mapping[str, bytes]
"""The digest of each file below a folder, by its path; a link counts as where it leads."""


class LossError(Exception):
    """Something was lost, hangs, or ends in a traceback; the words say how to repeat it."""


@dataclass(frozen=True)
class Outcome:
    """What a command came to: exit code, output, seconds, and the most memory of one process in MB.

    busy: the seconds of processors that it took, in all its processes.
    """

    code: int
    output: str
    seconds: float
    busy: float
    memory: float


def campaign(
    doc: str, run: Callable[[argparse.Namespace, random.Random, Path], None], **defaults: int
) -> None:
    """Read the arguments, run, and exit with 1 at the first loss; `defaults` are further arguments."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="by chance if absent")
    parser.add_argument("--only", action="append", help="a part of the campaign; may be given again")
    for name, value in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=value, help=f"{value} if absent")
    options = parser.parse_args()
    say(f"--seed {options.seed}")
    work = Path(tempfile.mkdtemp(prefix="campaign-"))
    try:
        run(options, random.Random(options.seed), work)
    except LossError as loss:
        say(f"LOSS: {loss}\nTo repeat it: --seed {options.seed}; what it left is in {work}")
        sys.exit(1)
    shutil.rmtree(work)


def say(words: str) -> None:
    """Print at once, with the time of day."""
    print(f"{time.strftime('%H:%M:%S')} {words}", flush=True)


def demand(condition: object, words: str) -> None:
    """Raise LossError unless the condition holds."""
    if not condition:
        raise LossError(words)


def child_environment(**changes: str) -> dict[str, str]:
    """Environment variables of a command of this checkout, which may come with more modules."""
    path = os.pathsep.join(filter(None, (*sys.path[:2], os.environ.get("PYTHONPATH"))))
    return {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": path, **changes}


def papershelf(folder: Path, *arguments: str) -> list[str]:
    """The command line of this checkout's Papershelf for the list in a folder."""
    return [sys.executable, "-m", "papershelf", "-C", str(folder), *arguments]


def start(command: Sequence[str], output: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start a command as the leader of its own group, its output in a file."""
    with output.open("wb") as file:
        return subprocess.Popen(
            command,
            stdout=file,
            stderr=file,
            stdin=subprocess.DEVNULL,
            env=child_environment(**environment),
            start_new_session=True,
        )


def run(command: Sequence[str], work: Path, limit: float = PATIENCE, **environment: str) -> Outcome:
    """Run a command to its end; a traceback, a hang and a death by a signal are losses."""
    before = time.monotonic()
    output = work / "output.txt"
    process = start(command, output, **environment)
    hanging = threading.Timer(limit, kill_group, [process])
    hanging.start()
    _, status, usage = os.wait4(process.pid, 0)
    hanging.cancel()
    seconds = time.monotonic() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    text = output.read_text("utf-8", errors="replace")
    shown = f"{' '.join(command[1:])} with {environment}: {text[-3000:]}"
    demand(seconds < limit, f"hangs, or more than {limit} s: {shown}")
    demand(TRACEBACK not in text, shown)
    demand(process.returncode >= 0, f"killed by signal {-process.returncode}: {shown}")
    busy = usage.ru_utime + usage.ru_stime
    return Outcome(process.returncode, text, seconds, busy, usage.ru_maxrss * 1024 / MEGABYTE)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a command that `start` started, with all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def tree(folder: Path, *skipped: str) -> Tree:
    """All files below a folder but for those whose paths begin with one of `skipped`."""
    return dict(_files(folder, skipped))


def _files(folder: Path, skipped: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(tuple(skipped)):
            continue
        if path.is_symlink():
            yield name, os.fsencode(path.readlink())
        elif path.is_file():
            yield name, hashlib.blake2b(path.read_bytes(), digest_size=16).digest()


def difference(found: Tree, wanted: Tree) -> str:
    """The paths in which two trees differ, "" if they are the same."""
    return ", ".join(sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))[:20])

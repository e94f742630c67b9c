"""What a command costs: wall time, processor time and memory, of all its processes together."""

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL = 0.05
SPARING = 10
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processors, and the most memory at one moment in MB.

    Processor time is what the kernel counted for the command and all that it waited for (wait4). Memory is
    the sum over all processes of their proportional set size, in which shared pages count once, looked at
    every 50 ms; less often where a look takes long, so that looking takes at most a tenth of a core.
    """

    wall: float
    processor: float
    memory: float


@dataclass(frozen=True, slots=True)
class Output:
    """A site's size: bytes and files altogether, and the median bytes of a paper page's HTML."""

    size: int
    files: int
    page: int


class FailedError(Exception):
    """A command that was to be measured failed."""


def run(commands: Iterable[Sequence[str | Path]], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run commands one after the other in `folder`; what they say goes to `folder/log.txt`.

    Raises FailedError with the last lines of that if one fails.
    """
    costs = [_run(command, folder, environment) for command in commands]
    return Cost(
        sum(cost.wall for cost in costs),
        sum(cost.processor for cost in costs),
        max(cost.memory for cost in costs),
    )


def _run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Cost:
    log = folder / "log.txt"
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
        )
        peak = [0.0]
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peak, ended))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watcher.join()
    if process.returncode:
        tail = log.read_text(encoding="utf-8", errors="replace")[-1500:]
        raise FailedError(f"{' '.join(map(str, command))} exited with {process.returncode}:\n{tail}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak[0])


def _watch(pid: int, peak: list[float], ended: threading.Event) -> None:
    root = psutil.Process(pid)
    pause = INTERVAL
    while not ended.wait(pause):
        begin = time.perf_counter()
        peak[0] = max(peak[0], sum(map(_memory, _family(root))) / MEGABYTE)
        pause = max(INTERVAL, SPARING * (time.perf_counter() - begin))


def _family(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def output(site: Path) -> Output:
    """The size of a finished site."""
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = [path.stat().st_size for path in site.glob("papers/*/index.html")]
    return Output(
        sum(path.stat().st_size for path in files),
        len(files),
        round(statistics.median(pages)) if pages else 0,
    )

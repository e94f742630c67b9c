"""Processes that help: they do not outlive the one that they help."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from papershelf.incremental.workers import Workers
from support.project import child_environment

HELPED = {
    "background": "with Workers(2).background(slow, [0]) as found:\n        found()",
    "background_if_large": (
        "with Workers(2).background_if_large(slow, [0, 0], min_parallel=1) as found:\n        found()"
    ),
    "parallel_map": "Workers(2).parallel_map(slow, [0] * 8, min_parallel=1)",
}
PROGRAM = """
import os, time
from papershelf.incremental.workers import Workers

def slow(items):
    os.write(1, b"at work\\n")  # at once, whoever else writes
    time.sleep(60)
    return items

if __name__ == "__main__":
    {work}
"""


@pytest.mark.parametrize("work", HELPED.values(), ids=HELPED)
def test_a_killed_process_leaves_none_of_its_helpers_behind(work: str, tmp_path: Path) -> None:
    program = tmp_path / "helped.py"
    program.write_text(PROGRAM.format(work=work), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, program], stdout=subprocess.PIPE, start_new_session=True, env=child_environment()
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"at work\n"
        process.kill()

    deadline = time.monotonic() + 10
    while _is_there(process.pid):
        assert time.monotonic() < deadline, "helpers live on"
        time.sleep(0.02)


def niceness(_: object) -> int:
    return os.nice(0)


def test_who_helps_lets_the_leading_process_go_first_unless_told_not_to() -> None:
    workers = Workers(2)
    with (
        workers.background(niceness, 0) as low_priority,
        workers.background(niceness, 0, low_priority=False) as other,
    ):
        assert low_priority() > os.nice(0)
        assert other() == os.nice(0)


def half(numbers: Sequence[int]) -> list[int]:
    return [number // 2 for number in numbers]


def process_id(_: object) -> int:
    return os.getpid()


def test_serial_workers_use_no_other_process() -> None:
    with Workers.serial.background(process_id, None) as result:
        assert result() == os.getpid()
    assert Workers.serial.parallel_map(half, range(9), min_parallel=0) == half(range(9))


@pytest.mark.parametrize("count", [0, 1, 7, 100])
def test_a_parallel_map_keeps_the_order(count: int) -> None:
    assert Workers(3).parallel_map(half, range(count), min_parallel=2) == half(range(count))


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, signal.SIGCONT)
    except ProcessLookupError:
        return False
    return True

"""Run papershelf, and kill it with all its processes before the N-th time that it changes a file.

    .venv/bin/python scripts/campaigns/dying.py N ARGUMENT…

A dot for each time goes to the end of the file that CAMPAIGN_STEPS names.
"""

import os
import signal
import sys
from itertools import count

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "os.chmod", "os.utime"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def main() -> None:
    """Count what the interpreter reports before it does it; processes made by fork count on their own."""
    last, seen = int(sys.argv.pop(1)), count(1)
    log = os.environ.get("CAMPAIGN_STEPS", os.devnull)
    counting = os.open(log, os.O_WRONLY | os.O_APPEND)

    def watch(event: str, given: tuple[object, ...]) -> None:
        opens = event == "open" and isinstance(given[2], int) and given[2] & WRITING
        exchanges = event == "ctypes.dlsym" and "rename" in str(given[1])
        if event in CHANGES or opens or exchanges:
            os.write(counting, b".")
            if next(seen) == last:
                os.killpg(0, signal.SIGKILL)

    sys.addaudithook(watch)
    sys.dont_write_bytecode = True
    from papershelf.cli import run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()

"""What the exit code of `papershelf` says; docs/exit-codes.md has the table."""

from typing import Final

CONTENT_PROBLEMS: Final = 1
ENVIRONMENT: Final = 2
INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
TERMINATED: Final = 143  # 128 + SIGTERM
NOBODY_READS: Final = 141  # 128 + SIGPIPE

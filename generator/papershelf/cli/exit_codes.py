"""What the exit code of `papershelf` says."""

from typing import Final

CONTENT_PROBLEMS: Final = 1
ENVIRONMENT: Final = 2

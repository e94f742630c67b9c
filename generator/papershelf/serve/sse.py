"""Server-sent events with the status, and the script in each page that receives them."""

from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from papershelf.serve.status import Status

EVENTS: Final = "__papershelf/events"
SCRIPT: Final = "__papershelf/live.js"
HEARTBEAT: Final = 1.0  # seconds; writing it fails once the connection has ended, which frees its thread
_BODY_END: Final = b"</body>"
_FAILURE: Final = """\
<!doctype html>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>This page cannot be made</title>
<h1>This page cannot be made</h1>
<pre>{}</pre>
"""


@cache
def script() -> bytes:
    """The script that reloads a page when it has changed, and shows the problems of the content."""
    return (Path(__file__).parent / "live.js").read_bytes()


def with_script(html: bytes, base: str, version: str) -> bytes:
    """A page with the script at its end; `base` is the path of the site, `version` that of the page."""
    tag = f'<script type="module" src="{escape(base)}{SCRIPT}?version={version}"></script>'.encode()
    before, end, after = html.rpartition(_BODY_END)
    return before + tag + end + after if end else html + tag


def event(status: Status | None) -> bytes:
    """The status as an event; without one a comment, which serves as a heartbeat."""
    return f"retry: 500\ndata: {status.as_json()}\n\n".encode() if status else b":\n\n"


def failure(message: str) -> bytes:
    """A page that shows why the page asked for cannot be rendered."""
    return _FAILURE.format(escape(message)).encode()

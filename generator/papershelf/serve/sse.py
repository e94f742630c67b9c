"""What the server adds for the browser: a script in each page, and the events that it listens to."""

from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from papershelf.serve.status import Notice

EVENTS: Final = "__papershelf/events"
SCRIPT: Final = "__papershelf/live.js"
HEARTBEAT: Final = 10.0  # seconds; what a browser that went away does not answer
_END: Final = b"</body>"
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
    """The script that reloads a page when it changed and shows what is wrong with the content."""
    return (Path(__file__).parent / "live.js").read_bytes()


def with_script(html: bytes, base: str, version: str) -> bytes:
    """A page with the script at its end; `base` is the site's path, `version` that of the page."""
    tag = f'<script type="module" src="{escape(base)}{SCRIPT}?version={version}"></script>'.encode()
    before, end, after = html.rpartition(_END)
    return before + tag + end + after if end else html + tag


def event(notice: Notice | None) -> bytes:
    """How things stand, as an event; without a notice a comment, which only tells that we are there."""
    return f"retry: 500\ndata: {notice.as_json()}\n\n".encode() if notice else b":\n\n"


def failure(message: str) -> bytes:
    """A page that says why there is no page."""
    return _FAILURE.format(escape(message)).encode()

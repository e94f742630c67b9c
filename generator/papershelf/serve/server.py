"""A small HTTP server for the finished site, or for the pages as they are now."""

import contextlib
import gzip
import mimetypes
import re
import socket
import socketserver
import sys
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from papershelf.core.problems import GeneratorError
from papershelf.serve import sse
from papershelf.serve.status import Board, Notice

HOST: Final = "127.0.0.1"
HTML: Final = "text/html; charset=utf-8"
MISSING: Final = (
    b'<!doctype html><title>Not found</title><link rel="icon" href="data:,"><p>There is no such page.\n'
)
_COMPRESSED_FROM: Final = 500  # bytes
_COMPRESSION: Final = 4
_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)
TYPES = mimetypes.MimeTypes()  # Python's own table: the system's differs from computer to computer
for suffix, kind in {
    ".bib": "application/x-bibtex",
    ".js": "text/javascript",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".pagefind": "application/octet-stream",
    ".ris": "application/x-research-info-systems",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}.items():
    TYPES.add_type(kind, suffix)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    site: Path
    base: str
    board: Board | None

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Report a mistake of ours, not a browser that goes away in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    notice: Notice | None  # that held when the request came
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # which would hold the body back until the headers are acknowledged

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Nothing: only the command line speaks."""

    def _answer(self) -> None:
        raw, _, query = self.path.partition("?")
        path, base, board = unquote(raw), self.server.base, self.server.board
        self.notice = board.latest if board else None
        name = path.removeprefix(base)
        if path in ("/", base.rstrip("/")) and path != base:
            self._redirect(base)
        elif not path.startswith(base):
            self._send_missing()
        elif board and name == sse.EVENTS:
            self._stream(board)
        elif board and name == sse.SCRIPT:
            self._send(HTTPStatus.OK, content_type(name), sse.script())
        else:
            self._answer_file(name, f"?{query}" if query else "")

    def _answer_file(self, name: str, query: str) -> None:
        page = name.endswith("/") or not name
        wanted = f"{name}index.html" if page else name
        try:
            body = self._file(wanted)
            folder = body is None and not page and self._file(f"{name}/index.html") is not None
        except GeneratorError as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, HTML, sse.failure(str(error)))
            return
        if folder:
            self._redirect(f"{self.server.base}{quote(name)}/{query}")
        elif body is None:
            self._send_missing()
        else:
            self._send(HTTPStatus.OK, content_type(wanted), body)

    def _file(self, name: str) -> bytes | None:
        """A page as it is now; another file as the last whole build made it, or anew if it is a new one."""
        proof = self.notice.proof if self.notice else None
        body = proof.file(name) if proof else None
        if body is None and not (proof and name in proof.removed):
            body = _read(self.server.site, name)
        if body is None and proof:
            body = proof.export(name)
        return body

    def _send_missing(self) -> None:
        self._send(HTTPStatus.NOT_FOUND, HTML, self._file("404.html") or MISSING)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        if self.notice and kind == HTML:
            body = sse.with_script(body, self.server.base, self.notice.version)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        if _is_text(kind):
            self.send_header("Vary", "Accept-Encoding")
            if len(body) >= _COMPRESSED_FROM and _GZIP.search(self.headers.get("Accept-Encoding", "")):
                self.send_header("Content-Encoding", "gzip")
                body = gzip.compress(body, _COMPRESSION, mtime=0)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream(self, board: Board) -> None:
        """Tell the browser how things stand, and again whenever that changes, until one of us goes away."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen: Notice | None = None
        while self.command != "HEAD" and not board.closed:
            notice = board.after(seen, sse.HEARTBEAT)
            self.wfile.write(sse.event(notice))
            seen = notice or seen


def content_type(name: str) -> str:
    """The Content-Type of a file by its name, the same on every computer."""
    kind, encoding = TYPES.guess_type(name)
    if encoding or kind is None:
        return "application/gzip" if encoding == "gzip" else "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("json", "xml")) else kind


def _is_text(kind: str) -> bool:
    return kind.endswith("charset=utf-8")


def _read(site: Path, name: str) -> bytes | None:
    """A file of the folder `site`, None if there is none or it lies outside."""
    try:
        target = (site / name).resolve()
        return target.read_bytes() if target.is_relative_to(site.resolve()) and target.is_file() else None
    except (OSError, ValueError):  # a name too long, a NUL, a file that is gone meanwhile
        return None


@contextlib.contextmanager
def serving(site: Path, url: str, port: int = 0, board: Board | None = None) -> Iterator[str]:
    """Serve the folder `site` on this computer alone, and give its address there.

    The path of `url`, where the site will be published, is kept: `https://example.org/shelf/` is served as
    `http://127.0.0.1:PORT/shelf/`. Port 0 is any free one. With a `board` the pages of its proof go before
    those of the folder, and follow what is pinned to it. Raises GeneratorError if the port is taken.
    """
    try:
        server = _Server((HOST, port), _Handler)
    except OSError as error:
        raise GeneratorError(
            f"cannot serve on port {port}: {error.strerror}; port 0 finds a free one"
        ) from error
    server.site = site
    server.base = f"/{urlsplit(url).path.strip('/')}/".replace("//", "/")
    server.board = board
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}{server.base}"
        finally:
            if board:
                board.close()
            server.shutdown()
            thread.join()

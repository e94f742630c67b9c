"""A small HTTP server for the built site, or for the preview of its pages."""

import contextlib
import errno
import gzip
import logging
import mimetypes
import os
import re
import socket
import socketserver
import stat
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from papershelf.core.printable import printable
from papershelf.core.problems import GeneratorError
from papershelf.core.regular_file import NO_LINK_NO_WAITING
from papershelf.serve import sse
from papershelf.serve.connections import Connections, Limits
from papershelf.serve.status import Status, StatusChannel

_LOG: Final = logging.getLogger(__name__)
HOST: Final = "127.0.0.1"
HTML: Final = "text/html; charset=utf-8"
NOT_FOUND: Final = (
    b'<!doctype html><title>Not found</title><link rel="icon" href="data:,"><p>There is no such page.\n'
)
_LEAST_COMPRESSED: Final = 500  # bytes
_COMPRESSION_LEVEL: Final = 4
_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)
_OWN_HOST: Final = re.compile(r"(?:127\.0\.0\.1|\[::1\]|localhost)(?::[0-9]{1,5})?", re.IGNORECASE)
_EXHAUSTED: Final = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
_PAUSE: Final = 0.1  # seconds
_NO_FILE: Final = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.ENXIO}
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
    request_queue_size = 128
    site: Path
    base: str
    channel: StatusChannel | None
    limits: Limits
    connections: Connections

    @property
    def address(self) -> str:
        """Where the site begins."""
        return f"http://{HOST}:{self.server_address[1]}{self.base}"

    def get_request(self) -> tuple[socket.socket, object]:
        """Accept a connection; without a free file descriptor for it, make one free for the next attempt."""
        try:
            return super().get_request()
        except OSError as error:
            if error.errno in _EXHAUSTED:
                self.connections.end_oldest()
                time.sleep(_PAUSE)
            raise

    def process_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Start a thread for a connection if there is room for it."""
        if isinstance(request, socket.socket) and self.connections.add(request):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close a connection."""
        if isinstance(request, socket.socket):
            self.connections.remove(request)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Look after the connections, several times a second."""
        self.connections.end_idle()

    def handle_error(self, *_: object) -> None:
        """Report all errors but those of a browser that closes the connection early."""
        if not isinstance(sys.exception(), ConnectionError):
            _LOG.error(printable(traceback.format_exc()))


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    status: Status | None  # at the time of the request
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # it would delay the body until the headers are acknowledged

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(self.server.limits.idle)

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Log no requests: only the command line prints."""

    def _answer(self) -> None:
        connections, channel = self.server.connections, self.server.channel
        connections.begin_answering(self.connection)
        self.status = channel.latest if channel else None
        try:
            if self._has_own_host():
                self._answer_request(channel)
            else:
                self._send_misdirected()
        except GeneratorError as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, HTML, sse.failure(str(error)))
        finally:
            connections.begin_waiting(self.connection)

    def _has_own_host(self) -> bool:
        """Whether a browser took this server for what it is, not for the site of a name that leads here."""
        hosts = self.headers.get_all("Host", [])
        return len(hosts) == 1 and bool(_OWN_HOST.fullmatch(hosts[0].strip()))

    def _send_misdirected(self) -> None:
        words = f"This preview answers to 127.0.0.1, [::1] and localhost only: open {self.server.address}\n"
        self.close_connection = True
        self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain; charset=utf-8", words.encode())

    def _answer_request(self, channel: StatusChannel | None) -> None:
        raw, _, query = self.path.partition("?")
        path, base = unquote(raw), self.server.base
        name = path.removeprefix(base)
        if path in ("/", base.rstrip("/")) and path != base:
            self._redirect(base)
        elif not path.startswith(base):
            self._send_not_found()
        elif channel and name == sse.EVENTS:
            self._stream_events(channel)
        elif channel and name == sse.SCRIPT:
            self._send(HTTPStatus.OK, content_type(name), sse.script())
        else:
            self._answer_path(name, f"?{query}" if query else "")

    def _answer_path(self, name: str, query: str) -> None:
        page = name.endswith("/") or not name
        wanted = f"{name}index.html" if page else name
        body = self._file(wanted)
        if body is not None:
            self._send(HTTPStatus.OK, content_type(wanted), body)
        elif not page and self._file(f"{name}/index.html") is not None:
            self._redirect(f"{self.server.base}{quote(name)}/{query}")
        else:
            self._send_not_found()

    def _file(self, name: str) -> bytes | None:
        """A page of the preview; any other file as last built, or rendered on demand if it is new."""
        preview = self.status.preview if self.status else None
        try:
            body = preview.file(name) if preview else None
            if body is None and not (preview and name in preview.removed):
                body = _read_file(self.server.site, name)
            return preview.export(name) if body is None and preview else body
        except OSError as error:
            raise GeneratorError(f"{name} cannot be read: {error.strerror}") from error

    def _send_not_found(self) -> None:
        self._send(HTTPStatus.NOT_FOUND, HTML, self._file("404.html") or NOT_FOUND)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        if self.status and kind == HTML:
            body = sse.with_script(body, self.server.base, self.status.version)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        if _is_text(kind):
            self.send_header("Vary", "Accept-Encoding")
            if len(body) >= _LEAST_COMPRESSED and _GZIP.search(self.headers.get("Accept-Encoding", "")):
                self.send_header("Content-Encoding", "gzip")
                body = gzip.compress(body, _COMPRESSION_LEVEL, mtime=0)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream_events(self, channel: StatusChannel) -> None:
        """Send the status now and after each change, until the channel or the connection is closed."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen: Status | None = None
        while self.command != "HEAD" and not channel.closed:
            status = channel.wait_for_change(seen, sse.HEARTBEAT)
            self.wfile.write(sse.event(status))
            seen = status or seen


def content_type(name: str) -> str:
    """The Content-Type of a file by its name, the same on every system."""
    kind, encoding = TYPES.guess_type(name)
    if encoding or kind is None:
        return "application/gzip" if encoding == "gzip" else "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("json", "xml")) else kind


def _is_text(kind: str) -> bool:
    return kind.endswith("charset=utf-8")


def _read_file(site: Path, name: str) -> bytes | None:
    """The content of a file in the folder `site`; None if there is none, or it is outside of the folder.

    Raises OSError if there is one that cannot be read.
    """
    try:
        target = Path(os.path.realpath(site / name))
        if not target.is_relative_to(os.path.realpath(site)):
            return None
        with open(target, "rb", opener=lambda path, flags: os.open(path, flags | NO_LINK_NO_WAITING)) as file:
            return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except ValueError:  # the name has a NUL
        return None
    except OSError as error:
        if error.errno in _NO_FILE:
            return None
        raise


@contextlib.contextmanager
def serving(
    site: Path,
    url: str,
    port: int = 0,
    channel: StatusChannel | None = None,
    limits: Limits = Limits(),
) -> Iterator[str]:
    """Serve the folder `site` to this computer only; yield the address.

    The path of `url`, where the site will be published, is kept: `https://example.org/shelf/` is served as
    `http://127.0.0.1:PORT/shelf/`. Port 0 is any free one. With a `channel`, the pages of its latest preview
    take precedence over the folder, and browsers follow its status. Raises GeneratorError if the port is
    taken.
    """
    try:
        server = _Server((HOST, port), _Handler)
    except OSError as error:
        raise GeneratorError(
            f"cannot serve on port {port}: {error.strerror}; port 0 finds a free one"
        ) from error
    server.site = site
    server.base = f"/{urlsplit(url).path.strip('/')}/".replace("//", "/")
    server.channel = channel
    server.limits, server.connections = limits, Connections(limits)
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.address
        finally:
            if channel:
                channel.close()
            server.shutdown()
            thread.join()

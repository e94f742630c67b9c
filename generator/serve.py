"""The site on this computer: a small HTTP server for the finished folder, and news of edited files."""

import contextlib
import mimetypes
import socket
import socketserver
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import watchfiles

from generator.problems import GeneratorError

HOST = "127.0.0.1"
TYPES = mimetypes.MimeTypes()  # Python's own table: the system's differs from computer to computer
for suffix, kind in {
    ".bib": "application/x-bibtex",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".pagefind": "application/octet-stream",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}.items():
    TYPES.add_type(kind, suffix)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    site: Path
    base: str

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Report a mistake of ours, not a browser that goes away in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Nothing: only the command line speaks."""

    def _answer(self) -> None:
        raw, _, query = self.path.partition("?")
        path, base = unquote(raw), self.server.base
        if path in ("/", base.rstrip("/")) and path != base:
            self._redirect(base)
            return
        site = self.server.site.resolve()
        target = _inside(site, path.removeprefix(base)) if path.startswith(base) else None
        if target is None:
            self._send(HTTPStatus.NOT_FOUND, site / "404.html")
        elif target.is_dir() and not path.endswith("/"):
            address = f"{base}{quote(target.relative_to(site).as_posix())}/"
            self._redirect(f"{address}?{query}" if query else address)
        else:
            self._send(HTTPStatus.OK, target / "index.html" if target.is_dir() else target)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, file: Path) -> None:
        try:
            body = file.read_bytes()
        except OSError:
            status, file, body = HTTPStatus.NOT_FOUND, Path("404.txt"), b"There is no such page.\n"
        self.send_response(status)
        self.send_header("Content-Type", content_type(file.name))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def content_type(name: str) -> str:
    """The Content-Type of a file by its name, the same on every computer."""
    kind, encoding = TYPES.guess_type(name)
    if encoding or kind is None:
        return "application/gzip" if encoding == "gzip" else "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("json", "xml")) else kind


def _inside(site: Path, relative: str) -> Path | None:
    """The file or page folder of a URL path, None if there is none or it lies outside the site."""
    try:
        target = (site / relative).resolve()
        page = target / "index.html" if target.is_dir() else target
        there = target.is_relative_to(site) and page.is_file()
        slash_after_file = relative.endswith("/") and not target.is_dir()
    except (OSError, ValueError):  # a name too long, a NUL
        return None
    return target if there and not slash_after_file else None


@contextlib.contextmanager
def serving(site: Path, url: str, port: int = 0) -> Iterator[str]:
    """Serve the folder `site` on this computer alone, and give its address there.

    The path of `url`, where the site will be published, is kept: `https://example.org/shelf/` is served as
    `http://127.0.0.1:PORT/shelf/`. Port 0 is any free one. Raises GeneratorError if the port is taken.
    """
    try:
        server = _Server((HOST, port), _Handler)
    except OSError as error:
        raise GeneratorError(
            f"cannot serve on port {port}: {error.strerror}; port 0 finds a free one"
        ) from error
    server.site = site
    server.base = f"/{urlsplit(url).path.strip('/')}/".replace("//", "/")
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}{server.base}"
        finally:
            server.shutdown()
            thread.join()


Stamps = Mapping[Path, tuple[int, int]]


def stamps(paths: Iterable[Path]) -> Stamps:
    """When each file below `paths` was last written, in nanoseconds since 1970, and its size in bytes."""
    found: dict[Path, tuple[int, int]] = {}
    for file in (file for path in paths for file in (path, *path.rglob("*"))):
        with contextlib.suppress(FileNotFoundError):
            if _counts(file) and file.is_file():
                found[file.absolute()] = (file.stat().st_mtime_ns, file.stat().st_size)
    return found


def changes(
    paths: Iterable[Path], since: Stamps, stop: threading.Event | None = None
) -> Iterator[frozenset[Path]]:
    """Wait for edits in the files and folders `paths`; give the changed files, those close together at once.

    Edits made after `since` was taken, and those made while the caller is busy with a set, come with the
    next one. A path may be missing and appear later. Hidden files and editors' backups do not count.
    Ends when `stop` is set.
    """
    roots = [path.absolute() for path in paths]
    stop = stop or threading.Event()

    def counts(_change: watchfiles.Change, name: str) -> bool:
        path = Path(name)
        return _counts(path) and any(path == root or root in path.parents for root in roots)

    while not stop.is_set():
        folders = _folders(roots)
        watching = watchfiles.watch(
            *folders,
            watch_filter=counts,
            stop_event=stop,
            recursive=False,
            debounce=400,
            step=50,
            rust_timeout=200,
            yield_on_timeout=True,
        )
        missed = True
        for batch in watching:
            edited = frozenset(Path(name) for _, name in batch)
            if missed:
                missed, now = False, stamps(roots)
                edited |= {file for file in {*now, *since} if now.get(file) != since.get(file)}
            if edited:
                since = stamps(roots)
                yield edited
                if _folders(roots) != folders:
                    break


def _counts(path: Path) -> bool:
    return not (path.name.startswith(".") or path.name.endswith("~"))


def _folders(roots: Iterable[Path]) -> set[Path]:
    """Every folder to watch; the one above each root too, as a replaced file takes its own watch along."""
    below = (folder for root in roots for folder in (root, *root.rglob("*")) if folder.is_dir())
    return {root.parent for root in roots}.union(below)

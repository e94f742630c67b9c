"""The server and its connections: whose requests it answers, how many, and for how long."""

import contextlib
import os
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from papershelf.incremental.filetree import write_tree
from papershelf.serve import Limits, serving
from papershelf.serve.status import Status, StatusChannel
from papershelf.serve.watch import changes, stamps

LONG = 10.0  # seconds


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_tree(tmp_path / "site", [("index.html", "<h1>Home</h1>")])
    return tmp_path / "site"


@contextlib.contextmanager
def connected(address: str) -> Iterator[socket.socket]:
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=LONG) as connection:
        yield connection


def received(connection: socket.socket) -> bytes:
    """All that comes until the server ends the connection."""
    found = b""
    with contextlib.suppress(ConnectionError):
        while more := connection.recv(65536):
            found += more
    return found


def asked(address: str, request: bytes) -> bytes:
    with connected(address) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(request)
        return received(connection)


def get(address: str, *hosts: str, path: str = "/") -> bytes:
    lines = [f"GET {path} HTTP/1.1", *(f"Host: {host}" for host in hosts), "Connection: close", "", ""]
    return asked(address, "\r\n".join(lines).encode())


def test_only_one_address_of_this_computer_is_listened_on(site: Path) -> None:
    with serving(site, "") as address:
        port = urlsplit(address).port or 0
        for other in ("127.0.0.2", "::1"):
            family = socket.AF_INET6 if ":" in other else socket.AF_INET
            with socket.socket(family) as connection:
                assert connection.connect_ex((other, port)) != 0
        assert b"Home" in get(address, "localhost")


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "LOCALHOST"])
def test_its_own_names_are_answered_with_a_port_or_without(site: Path, host: str) -> None:
    with serving(site, "") as address:
        for name in (host, f"{host}:{urlsplit(address).port}", f"{host}:80"):
            assert get(address, name).startswith(b"HTTP/1.1 200 "), name


@pytest.mark.parametrize(
    "hosts",
    [
        ("evil.test",),
        ("evil.test:8000",),
        ("localhost.evil.test",),
        ("127.0.0.1.evil.test",),
        ("127.0.0.1@evil.test",),
        ("localhost:80@evil.test",),
        ("192.168.0.1",),
        ("192.168.0.1:8000",),
        ("localhost.",),
        ("",),
        (),
        ("localhost", "evil.test"),
        ("localhost, evil.test",),
    ],
)
def test_another_name_that_leads_here_gets_no_page(site: Path, hosts: tuple[str, ...]) -> None:
    channel = StatusChannel(Status("1"))
    with serving(site, "", channel=channel) as address:
        for path in ("/", "/missing", "/__papershelf/events", "/__papershelf/live.js"):
            answer = get(address, *hosts, path=path)
            assert answer.startswith(b"HTTP/1.1 421 ")
            assert b"answers to 127.0.0.1, [::1] and localhost only: open http://127.0.0.1:" in answer
            assert b"Home" not in answer


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 200 + b"\r\n", b"431"),
        (b"GET / HTTP/\x1b[2J\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\r\n\r\n", b"400"),
        (b"\x1b]0;x\x07 / HTTP/1.1\r\n\r\n", b"501"),
    ],
)
def test_a_request_that_is_too_long_or_none_is_refused_quietly(
    site: Path, request_: bytes, status: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving(site, "") as address:
        assert b"Error code: " + status in asked(address, request_)
        assert get(address, "localhost").startswith(b"HTTP/1.1 200 ")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: local"])
def test_a_connection_without_a_whole_request_is_ended(site: Path, begun: bytes) -> None:
    with serving(site, "", limits=Limits(idle=0.2)) as address, connected(address) as connection:
        connection.sendall(begun)
        assert received(connection) == b""


def test_a_request_that_drips_is_ended_too(site: Path) -> None:
    ended, drips = threading.Event(), 0
    with serving(site, "", limits=Limits(idle=0.3)) as address, connected(address) as connection:

        def until_ended() -> None:
            received(connection)
            ended.set()

        thread = threading.Thread(target=until_ended)
        thread.start()
        while not ended.wait(0.05) and drips < 100:
            drips += 1
            with contextlib.suppress(ConnectionError):
                connection.sendall(b"a")
        thread.join()
    assert drips < 100


def test_many_connections_hold_few_threads_and_nobody_is_shut_out(site: Path) -> None:
    before = threading.active_count()
    channel = StatusChannel(Status("1"))
    stream = b"GET /__papershelf/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
    limits = Limits(connections=4, idle=LONG)
    with serving(site, "", channel=channel, limits=limits) as address, contextlib.ExitStack() as stack:
        for begun in (b"GET /", stream) * 6:
            stack.enter_context(connected(address)).sendall(begun)
        assert get(address, "localhost").startswith(b"HTTP/1.1 200 ")
        assert threading.active_count() <= before + 1 + limits.connections


def test_a_burst_of_connections_is_answered(site: Path) -> None:
    with serving(site, "") as address, contextlib.ExitStack() as stack:
        burst = [stack.enter_context(connected(address)) for _ in range(50)]
        for connection in burst:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert all(received(connection).startswith(b"HTTP/1.1 200 ") for connection in burst)


@contextlib.contextmanager
def no_descriptor_free(spare: int = 0) -> Iterator[None]:
    """Let this process open no more than `spare` files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, soft), hard))
    taken: list[int] = []
    try:
        with contextlib.suppress(OSError):
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))
        for descriptor in taken[:spare]:
            os.close(descriptor)
        del taken[:spare]
        yield
    finally:
        for descriptor in taken:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_server_waits_for_a_file_descriptor_without_a_busy_core(site: Path) -> None:
    with serving(site, "") as address:
        threads = threading.active_count()
        assert get(address, "localhost").startswith(b"HTTP/1.1 200 ")
        until(lambda: threading.active_count() == threads)  # that connection is closed on both ends
        began = time.process_time()
        with no_descriptor_free(spare=1):  # for this end of the connection
            with connected(address) as connection:
                connection.settimeout(1.0)
                connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                with pytest.raises(TimeoutError):
                    connection.recv(1)
            assert time.process_time() - began < 0.5
        assert get(address, "localhost").startswith(b"HTTP/1.1 200 ")


def test_a_file_that_cannot_be_read_for_now_is_no_missing_page(site: Path) -> None:
    with serving(site, "") as address, connected(address) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        first = b""
        while not first.endswith(b"<h1>Home</h1>"):
            first += connection.recv(65536)
        with no_descriptor_free():
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = received(connection)
        assert answer.startswith(b"HTTP/1.1 500 ")
        assert b"Too many open files" in answer


def test_edits_are_noticed_while_and_after_no_file_can_be_opened(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    stop, seen, failures = threading.Event(), list[frozenset[Path]](), list[Exception]()
    failed = threading.Event()

    def on_failure(error: Exception) -> None:
        failures.append(error)
        failed.set()

    before = stamps([content])
    edits = changes([content], before, stop, on_failure=on_failure)
    thread = threading.Thread(target=lambda: seen.extend(edits))
    with no_descriptor_free():
        thread.start()
        assert failed.wait(LONG)
    (content / "a.yml").write_text("a")
    until(lambda: any(content / "a.yml" in edit for edit in seen))
    (content / "b.yml").write_text("b")
    until(lambda: any(content / "b.yml" in edit for edit in seen))
    stop.set()
    thread.join(LONG)
    assert not thread.is_alive()


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    waiting = threading.Event()
    while not happened():
        assert time.monotonic() < end, "nothing happened"
        waiting.wait(0.05)

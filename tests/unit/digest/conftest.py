"""Mail servers for the tests of digests."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from papershelf.digest import MailSettings
from support.mail import Handler, Serve, settings


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a mail server and give the settings to reach it."""
    with ExitStack() as stack:

        def start(handler: Handler, to: str = "ada@example.org", **options: Any) -> MailSettings:  # noqa: ANN401  those of Controller
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
            controller.start()
            stack.callback(controller.stop)
            return settings(PORT=str(port), TO=to)

        yield start

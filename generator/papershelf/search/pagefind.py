"""Pagefind's program: pages of HTML in, the files of an index out, the same for the same pages in one order.

It is fed through its service: requests and answers are JSON in base64, each with a comma behind it.
"""

import base64
import contextlib
import gzip
import json
import os
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, cast

import pagefind_bin  # type: ignore[import-untyped]

from papershelf.core.problems import GeneratorError

VERSION = version("pagefind-bin")
ENTRY = "pagefind-entry.json"
MAGIC = b"pagefind_dcd"  # what every file of an index starts with, before its CBOR
COMPRESSION = 4  # a third of the time of 6, and files 5 % larger
BLOCK = 1 << 20

Files = dict[str, bytes]


def index(pages: Sequence[tuple[str, str]]) -> Files:
    """Pagefind's whole folder, as paths and contents, for pages given as URL and HTML.

    Raises GeneratorError if Pagefind is missing or fails.
    """
    requests = [
        {"type": "NewIndex", "config": {}},
        *({"type": "AddFile", "index_id": 0, "url": url, "file_contents": html} for url, html in pages),
        {"type": "GetFiles", "index_id": 0},
    ]
    with subprocess.Popen(  # noqa: S603 - the program of our own dependency
        [_program(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as service:
        sender = threading.Thread(target=_send, args=(service.stdin, requests))
        sender.start()
        try:
            answers = _receive(cast("IO[bytes]", service.stdout), len(requests))
        finally:
            service.kill()
            sender.join()
    return {file["path"]: base64.b64decode(file["content"]) for file in answers[-1]["files"]}


def language_of(files: Files) -> tuple[str, dict[str, Any]]:
    """The one language of an index, and what its entry file says of it: `hash`, `wasm` and `page_count`."""
    ((code, language),) = json.loads(files[ENTRY])["languages"].items()
    return code, language


def packed(data: bytes) -> bytes:
    """A file of an index."""
    return gzip.compress(MAGIC + data, COMPRESSION, mtime=0)


def unpacked(file: bytes) -> bytes:
    """The CBOR in a file of an index."""
    return gzip.decompress(file).removeprefix(MAGIC)


def _program() -> Path:
    try:
        return Path(pagefind_bin.get_executable())
    except FileNotFoundError as error:
        raise GeneratorError(
            "Pagefind's program is missing: install the package pagefind-bin again"
        ) from error


def _send(service: IO[bytes], requests: Iterable[Mapping[str, Any]]) -> None:
    try:
        for number, payload in enumerate(requests):
            message = json.dumps({"message_id": number, "payload": payload})
            service.write(base64.b64encode(message.encode()) + b",")
        service.flush()
    except BrokenPipeError:  # the answers that are missing tell what happened
        with contextlib.suppress(BrokenPipeError):
            service.close()


def _receive(service: IO[bytes], count: int) -> list[dict[str, Any]]:
    """The answers to as many requests; raises GeneratorError if there are fewer or one is an error."""
    received: list[bytes] = []
    missing = count
    while missing and (data := os.read(service.fileno(), BLOCK)):
        received.append(data)
        missing -= data.count(b",")
    answers = [
        json.loads(base64.b64decode(answer))["payload"] for answer in b"".join(received).split(b",")[:-1]
    ]
    errors = [str(answer["message"]) for answer in answers if answer["type"] == "Error"]
    if errors or missing:
        raise GeneratorError(f"Pagefind failed: {'; '.join(errors) or 'it ended before it was done'}")
    return answers

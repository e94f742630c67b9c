"""The one door to Pagefind: run it over HTML pages, and read and write the files of its index.

The format of these files is documented nowhere, so only releases that are known to write it are accepted, and
a file of another shape is an error that names the release to install.
"""

import base64
import binascii
import contextlib
import gzip
import json
import os
import re
import subprocess
import threading
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, Final, TypeVar, cast

import cbor2
import msgspec
import pagefind_bin  # type: ignore[import-untyped]

from papershelf.core.problems import GeneratorError

VERSION: Final = version("pagefind-bin")
REQUIREMENT: Final = "pagefind-bin~=1.5.2"
ENTRY: Final = "pagefind-entry.json"
SIGNATURE: Final = b"pagefind_dcd"  # precedes the CBOR in each file, inside the gzip stream

_CURE: Final = f"run `pip install '{REQUIREMENT}'`"
_READABLE: Final = re.compile(r"1\.5\.([2-9]|[1-9]\d+)(\.post\d+)?")  # the versions that REQUIREMENT allows
_GZIP_LEVEL: Final = 4  # takes a third of the time of level 6, for files 5 % larger
_READ_SIZE: Final = 1 << 20

Files = dict[str, bytes]
"""The files of an index: content by path, relative to Pagefind's folder."""

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Language:
    """What the entry file says of the index of one language: the digests in the names of two files."""

    hash: str
    wasm: str | None


@dataclass(frozen=True, slots=True)
class _Entry:
    languages: dict[str, Language]


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Response:
    type: str
    message: str = ""
    files: tuple[_File, ...] = ()


@dataclass(frozen=True, slots=True)
class _Envelope:
    payload: _Response


def index(pages: Sequence[tuple[str, str]]) -> Files:
    """Index pages, given as URL and HTML. The same pages in the same order give the same files.

    Raises GeneratorError if Pagefind is missing, of another release, or fails.
    """
    check_release(VERSION)
    requests = [
        {"type": "NewIndex", "config": {}},
        *({"type": "AddFile", "index_id": 0, "url": url, "file_contents": html} for url, html in pages),
        {"type": "GetFiles", "index_id": 0},
    ]
    with subprocess.Popen(  # noqa: S603  the executable comes from our own dependency
        [_executable(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as service:
        sender = threading.Thread(target=_send, args=(service.stdin, requests))
        sender.start()
        try:
            responses = _receive(cast("IO[bytes]", service.stdout), len(requests))
        finally:
            service.kill()
            sender.join()
    return {file.path: file.content for file in responses[-1].files}


def check_release(installed: str) -> None:
    """Raise GeneratorError unless the format of this version's index is known."""
    if not _READABLE.fullmatch(installed):
        raise GeneratorError(f"the search index needs {REQUIREMENT}, but {installed} is installed: {_CURE}")


def unexpected(found: str) -> GeneratorError:
    """The error for an index of another shape than the supported releases write."""
    return GeneratorError(
        f"the index that Pagefind {VERSION} made cannot be read ({found}), "
        f"only one that {REQUIREMENT} made: {_CURE}"
    )


def language(files: Files) -> Language:
    """The language of an index that has one."""
    try:
        languages = msgspec.json.decode(content(files, ENTRY), type=_Entry).languages
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise unexpected(f"{ENTRY}: {error}") from error
    if len(languages) != 1:
        raise unexpected(f"{ENTRY}: {len(languages)} languages")
    return next(iter(languages.values()))


def content(files: Files, path: str) -> bytes:
    """A file of an index as it is."""
    if path not in files:
        raise unexpected(f"{path} is missing")
    return files[path]


def unpack(files: Files, path: str) -> bytes:
    """The CBOR in a file of an index."""
    try:
        data = gzip.decompress(content(files, path))
    except (OSError, EOFError, zlib.error) as error:
        raise unexpected(f"{path}: {error}") from error
    if not data.startswith(SIGNATURE):
        raise unexpected(f"{path}: another signature")
    return data.removeprefix(SIGNATURE)


def decode(files: Files, path: str, shape: type[Shape]) -> Shape:
    """The value in a file of an index, which has to be of the type `shape`."""
    try:
        return msgspec.convert(cbor2.loads(unpack(files, path)), shape)
    except (cbor2.CBORDecodeError, msgspec.ValidationError) as error:
        raise unexpected(f"{path}: {error}") from error


def pack(cbor: bytes) -> bytes:
    """The content of an index file with this CBOR."""
    return gzip.compress(SIGNATURE + cbor, _GZIP_LEVEL, mtime=0)


def _executable() -> Path:
    try:
        return Path(pagefind_bin.get_executable())
    except FileNotFoundError as error:
        raise GeneratorError(
            "Pagefind's program is missing: install the package pagefind-bin again"
        ) from error


def _send(service: IO[bytes], requests: Iterable[Mapping[str, Any]]) -> None:
    """Write requests as base64 of JSON, each followed by a comma.

    The input stays open: at its end the service would stop, whether or not it has responded.
    """
    try:
        for number, payload in enumerate(requests):
            message = json.dumps({"message_id": number, "payload": payload})
            service.write(base64.b64encode(message.encode()) + b",")
        service.flush()
    except BrokenPipeError:  # the service ended; `_receive` reports it
        with contextlib.suppress(BrokenPipeError):
            service.close()


def _receive(service: IO[bytes], count: int) -> list[_Response]:
    """Read as many responses; raise GeneratorError if there are fewer or one is an error."""
    received: list[bytes] = []
    missing = count
    while missing and (data := os.read(service.fileno(), _READ_SIZE)):
        received.append(data)
        missing -= data.count(b",")
    try:
        responses = [
            msgspec.json.decode(base64.b64decode(message), type=_Envelope).payload
            for message in b"".join(received).split(b",")[:-1]
        ]
    except (binascii.Error, msgspec.DecodeError) as error:
        raise unexpected(f"response of its service: {error}") from error
    errors = [response.message for response in responses if response.type == "Error"]
    if errors or missing:
        raise GeneratorError(f"Pagefind failed: {'; '.join(errors) or 'it ended before it was done'}")
    return responses

"""A log of which digest was sent to whom, so that no address gets one twice, even after a crash.

Each line is flushed to disk before the step it describes has consequences: "trying" before a message is
handed over, "sent" or "refused" once the server has answered. A try without an answer may have arrived and is
not repeated.

Addresses are stored as hashes with a key that is not in the log, so that nobody who has the log can tell
whether an address is in it. The same key makes the check of each line: a log that was damaged, or written
under another key, is refused, as its addresses would look as if nothing had been sent to them.
"""

import contextlib
import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Final, Literal

from filelock import FileLock, Timeout
from pydantic import Field, ValidationError

from papershelf.core.model import Frozen
from papershelf.core.problems import GeneratorError
from papershelf.core.regular_file import NO_LINK_NO_WAITING

State = Literal["new", "trying", "sent", "refused"]

_CURE: Final = "or delete it, after which everybody may get once more what was sent last"
_MAX_BYTES: Final = 100_000_000  # 500,000 messages
_LINE_START: Final = b'{"digest": "'


class _Head(Frozen):
    """The first line: `check` shows the key."""

    ledger: Literal[2]
    check: str


class _Line(Frozen):
    """Any other line."""

    digest: str
    to: str
    state: Literal["trying", "sent", "refused"] = Field(alias="is")
    check: str


class _SaltedHead(Frozen):
    """The first line of an earlier version's log."""

    salt: str


@dataclass(frozen=True, slots=True)
class SentLog:
    """The open log of one digest, which no other process can open at the same time."""

    path: Path
    digest_id: str
    file: FileIO
    key: bytes
    states: dict[tuple[str, str], State]

    def hashed(self, address: str) -> str:
        """The hash that stands for an address."""
        return _keyed(self.key, "address", address.lower())

    def state(self, address: str) -> State:
        """The last recorded state of the digest for an address."""
        return self.states.get((self.digest_id, self.hashed(address)), "new")

    def record(self, address: str, state: State) -> None:
        """Append a state to the log, and flush it to disk; raises GeneratorError if that fails."""
        to = self.hashed(address)
        check = _keyed(self.key, "line", self.digest_id, to, state)
        _append(self.path, self.file, {"digest": self.digest_id, "to": to, "is": state, "check": check})
        self.states[self.digest_id, to] = state


@contextlib.contextmanager
def open_sent_log(path: Path, key: bytes, digest_id: str) -> Iterator[SentLog]:
    """Open the log at `path` for a digest, and create it if it is missing.

    Raises GeneratorError if the log cannot be written, is damaged, was written under another key, or another
    process has it open.
    """
    with _locked(path) as file:
        content = _read(path, file)
        if not content:
            _append(path, file, {"ledger": 2, "check": _keyed(key, "ledger")})
        yield SentLog(path, digest_id, file, key, _states(path, content, key))


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[FileIO]:
    with contextlib.ExitStack() as stack:
        with _explained(path):
            file = FileIO(
                path, "a+", opener=lambda name, flags: os.open(name, flags | NO_LINK_NO_WAITING, 0o600)
            )
            stack.enter_context(file)
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise GeneratorError(f"{path} is no file that can be a ledger: name another with --ledger")
            try:
                stack.enter_context(FileLock(path.with_name(f".{path.name}.lock"), timeout=0))
            except Timeout as error:
                raise GeneratorError(f"{path} is in use: another digest is being sent") from error
        yield file


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise GeneratorError(f"{path} is a link: name the ledger itself with --ledger") from error
        raise GeneratorError(
            f"{path} cannot be written: {error.strerror}: mend that and send again; nobody gets it twice"
        ) from error


def _read(path: Path, file: FileIO) -> bytes:
    """The lines of the log; what a crash left of its last line is removed, as its step was not taken."""
    with _explained(path):
        if os.fstat(file.fileno()).st_size > _MAX_BYTES:
            raise GeneratorError(f"{path} is larger than a ledger can be: restore it, {_CURE}")
        file.seek(0)
        content = file.readall()
        whole, newline, rest = content.rpartition(b"\n")
        if not rest:
            return content
        if newline and (rest.startswith(_LINE_START) or _LINE_START.startswith(rest)) and not _is_json(rest):
            os.ftruncate(file.fileno(), len(whole) + 1)
            return whole + newline
        if _is_json(rest):
            _write_whole(file, b"\n")
    return content


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _states(path: Path, content: bytes, key: bytes) -> dict[tuple[str, str], State]:
    """The last state of each digest for each address; "sent" is always the last."""
    states: dict[tuple[str, str], State] = {}
    head, *lines = content.splitlines() or [b""]
    if content:
        _check_head(path, head, key)
    for number, text in enumerate(lines, start=2):
        try:
            line = _Line.model_validate_json(text)
        except ValidationError as error:
            raise _damaged(path, number) from error
        if line.check != _keyed(key, "line", line.digest, line.to, line.state):
            raise _damaged(path, number)
        if states.get((line.digest, line.to)) != "sent":
            states[line.digest, line.to] = line.state
    return states


def _check_head(path: Path, head: bytes, key: bytes) -> None:
    with contextlib.suppress(ValidationError):
        _SaltedHead.model_validate_json(head)
        raise GeneratorError(
            f"{path}:1: an earlier version wrote this ledger, whose hashes had no key: wait until the digest "
            "that it was written for is over, and delete it; before that everybody would get it once more"
        )
    try:
        check = _Head.model_validate_json(head).check
    except ValidationError as error:
        raise _damaged(path, 1) from error
    if check != _keyed(key, "ledger"):
        raise GeneratorError(
            f"{path}:1: this ledger was written under another PAPERSHELF_LEDGER_KEY: "
            f"set that key again, {_CURE}"
        )


def _damaged(path: Path, line: int) -> GeneratorError:
    return GeneratorError(f"{path}:{line}: this line of the ledger is damaged: restore the file, {_CURE}")


def _append(path: Path, file: FileIO, line: dict[str, str | int]) -> None:
    """Write a line to disk, whole or not at all."""
    data = json.dumps(line).encode() + b"\n"
    with _explained(path):
        before = os.fstat(file.fileno()).st_size
        try:
            _write_whole(file, data)
            os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(file.fileno(), before)
            raise


def _write_whole(file: FileIO, data: bytes) -> None:
    if file.write(data) != len(data):  # a full disk takes what still fits
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _keyed(key: bytes, purpose: str, *values: str) -> str:
    """A hash of texts that only those who have the key can make."""
    data = json.dumps([purpose, *values]).encode()
    return hashlib.blake2b(data, key=key, digest_size=16).hexdigest()

"""A log of which digest was sent to whom, so that no address gets one twice, even after a crash.

Each line is flushed to disk before the step it describes has consequences: "trying" before a message is
handed over, "sent" or "refused" once the server has answered. A try without an answer may have arrived and is
not repeated. Addresses are stored as salted hashes.
"""

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from papershelf.core.problems import GeneratorError

State = Literal["new", "trying", "sent", "refused"]


@dataclass(frozen=True, slots=True)
class SentLog:
    """The open log of one digest, which no other process can open at the same time."""

    digest_id: str
    file: TextIOWrapper
    salt: bytes

    def hashed(self, address: str) -> str:
        """The salted hash that stands for an address."""
        return hashlib.blake2b(address.lower().encode(), key=self.salt, digest_size=16).hexdigest()

    def state(self, address: str) -> State:
        """The last recorded state of the digest for an address."""
        found: State = "new"
        for line in _lines(self.file):
            if line.get("digest") == self.digest_id and line.get("to") == self.hashed(address):
                found = line["is"]  # type: ignore[assignment]  # `record` writes nothing but a State
        return found

    def record(self, address: str, state: State) -> None:
        """Append a state to the log, and flush it to disk."""
        _append(self.file, {"digest": self.digest_id, "to": self.hashed(address), "is": state})


@contextlib.contextmanager
def open_sent_log(path: Path, digest_id: str) -> Iterator[SentLog]:
    """Open the log at `path` for a digest, and create it if it is missing.

    Raises GeneratorError if the log cannot be written or another process has it open.
    """
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("a+", encoding="utf-8", newline="\n"))
            stack.enter_context(FileLock(path.with_name(f".{path.name}.lock"), timeout=0))
        except Timeout as error:
            raise GeneratorError(f"{path} is in use: another digest is being sent") from error
        except OSError as error:
            raise GeneratorError(f"{path} cannot be written: {error.strerror}") from error
        if not _ends_with_newline(file):
            file.write("\n")
        salt = next((line["salt"] for line in _lines(file) if "salt" in line), "")
        if not salt:
            salt = secrets.token_hex(16)
            _append(file, {"salt": salt})
        yield SentLog(digest_id, file, bytes.fromhex(salt))


def _lines(file: TextIOWrapper) -> Iterator[dict[str, str]]:
    """The lines of the log, without truncated ones."""
    file.seek(0)
    for line in file:
        with contextlib.suppress(json.JSONDecodeError):
            yield json.loads(line)


def _ends_with_newline(file: TextIOWrapper) -> bool:
    file.seek(0)
    content = file.read()
    return not content or content.endswith("\n")


def _append(file: TextIOWrapper, line: dict[str, str]) -> None:
    file.write(json.dumps(line) + "\n")
    file.flush()
    os.fsync(file.fileno())

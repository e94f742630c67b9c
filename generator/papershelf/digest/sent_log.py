"""Which digest went to whom, so that none goes twice to the same address, whatever breaks off in between.

Each line is written to the disk before anything follows from it: "trying" before a message is handed over,
"sent" or "refused" once the server has said so. A try without an answer may have arrived: it is not repeated.
Addresses are kept as salted hashes.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Literal

from papershelf.core.problems import GeneratorError

State = Literal["new", "trying", "sent", "refused"]


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger, which no other process can open meanwhile."""

    file: TextIOWrapper
    salt: bytes

    def name(self, address: str) -> str:
        """What an address is called in the ledger."""
        return hashlib.blake2b(address.lower().encode(), key=self.salt, digest_size=16).hexdigest()

    def state(self, digest: str, address: str) -> State:
        """What is known about a digest and an address."""
        found: State = "new"
        for line in _lines(self.file):
            if line.get("digest") == digest and line.get("to") == self.name(address):
                found = line["is"]  # type: ignore[assignment]  # written by `record`
        return found

    def record(self, digest: str, address: str, state: State) -> None:
        """Write down what is going to happen, or did."""
        _append(self.file, {"digest": digest, "to": self.name(address), "is": state})


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Ledger]:
    """The ledger in a file, which is made if it is missing; raises GeneratorError if it cannot be used."""
    try:
        file = path.open("a+", encoding="utf-8", newline="\n")
    except OSError as error:
        raise GeneratorError(f"{path} cannot be written: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise GeneratorError(f"{path} is in use: another digest is being sent") from error
        if not _ends_whole(file):
            file.write("\n")
        salt = next((line["salt"] for line in _lines(file) if "salt" in line), "")
        if not salt:
            salt = secrets.token_hex(16)
            _append(file, {"salt": salt})
        yield Ledger(file, bytes.fromhex(salt))


def _lines(file: TextIOWrapper) -> Iterator[dict[str, str]]:
    """What was written down; a line that broke off says nothing."""
    file.seek(0)
    for line in file:
        with contextlib.suppress(json.JSONDecodeError):
            yield json.loads(line)


def _ends_whole(file: TextIOWrapper) -> bool:
    file.seek(0)
    content = file.read()
    return not content or content.endswith("\n")


def _append(file: TextIOWrapper, line: dict[str, str]) -> None:
    file.write(json.dumps(line) + "\n")
    file.flush()
    os.fsync(file.fileno())

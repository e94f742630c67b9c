"""The input formats. A new one is a module with a `READER` and a line in `READERS`."""

import codecs
import re

from papershelf.core.problems import Location, Problem
from papershelf.sources import hf_listing
from papershelf.sources.parsed import Reader

READERS: dict[str, Reader] = {
    hf_listing.READER.name: hf_listing.READER,
}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def detect(text: str) -> Reader | None:
    """The reader that knows this content, if any does."""
    return next((reader for reader in READERS.values() if reader.recognises(text)), None)


def decode(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a document, with U+FFFD and one problem a line where bytes are no text."""
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    body = data[len(mark) :]
    text = body.decode(encoding, errors="replace")
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return text, tuple(_not_text(text, file))
    return text, ()


def _not_text(text: str, file: str) -> list[Problem]:
    return [
        Problem(
            Location(file, number, line.index("\ufffd") + 1),
            "these bytes are not UTF-8; each was read as \ufffd",
            "save the document as UTF-8 and import it again",
        )
        for number, line in enumerate(re.split(r"\r\n?|\n", text), start=1)
        if "\ufffd" in line
    ]

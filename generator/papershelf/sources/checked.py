"""Readers that look at a document before they read it, also where a person named the format."""

from dataclasses import replace

from papershelf.core.problems import Location, Problem
from papershelf.sources.parsed import ParsedDocument, Reader, ReadOptions


def checked(reader: Reader) -> Reader:
    """The reader, for which a document in another format is a problem."""

    def read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
        mismatch = reader.mismatch(text)
        if not mismatch:
            return reader.read(text, file, options)
        message = f"the document is not in the format {reader.name}: it {mismatch}"
        cure = "leave --format out, or name another: papershelf import --formats tells what they are"
        return ParsedDocument(
            entries=(), title=reader.name, problems=(Problem(Location(file, 1), message, cure),)
        )

    return replace(reader, read=read)

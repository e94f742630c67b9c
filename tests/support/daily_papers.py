"""A daily-papers page written from shipped records, with an abstract made up for each of them."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

_LONG = " As long as most abstracts, it says one thing many times." * 25
_HEAD = "new\n\nSubscribe\n\nDaily Papers\n\nby AK and the research community"


def write_page(records: Path, folder: Path) -> Path:
    """Write the page that importing would turn into the records of a listing (JSON Lines) again."""
    listing, *entries = map(json.loads, records.read_text(encoding="utf-8").splitlines())
    _, _, day = listing["title"].partition(", ")
    parts = [_HEAD, *([_abbreviated(day)] if day else [])]
    parts += [part for entry in entries for part in _parts(entry)]
    page = folder / f"{records.stem}.txt"
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return page


def _abbreviated(day: str) -> str:
    """`Mar 14` of `14 March (year unknown)` or of `14 March 2025`."""
    number, month, *_ = day.split()
    return f"{month[:3]} {number}"


def _parts(entry: Mapping[str, Any]) -> Iterator[str]:
    """Title, abstract with the links, and the lines on authors, date and comments."""
    yield entry["title"]
    links = "".join(f" See {link['url']} too." for link in entry.get("code", ()))
    yield f"Number {entry['position']} is read here with an abstract.{_LONG}{links}"
    if "published" in entry:
        yield f"• {entry['author_count']} author{'s' * (entry['author_count'] != 1)}\n·\n{_day(entry)}"


def _day(entry: Mapping[str, Any]) -> str:
    """The date of publication as the page abbreviates it: without a year that readers infer."""
    day = date.fromisoformat(entry["published"])
    year = "" if "published" in entry.get("inferred", ()) else f", {day.year}"
    comments = f" {entry['comments']}" if "comments" in entry else ""
    return f"{day:%b} {day.day}{year}{comments}"

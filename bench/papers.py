"""Papers to build sites of: fabricated ones, as many as wanted, or those of a JSON Lines file."""

import json
import lzma
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from papershelf import text
from papershelf.core.model import MAX_SLUG, Link, LinkKind, Listing, Record
from papershelf.core.partial_date import PartialDate

VOCABULARY = 30_000
NAMES = 5_000
PAPERS_PER_LISTING = 400
FIRST_DAY, DAYS = date(2011, 1, 1), 15 * 365
SYLLABLES = tuple(start + vowel for start in (*"bdfgklmnprstvz", "br", "tr", "st", "pl") for vowel in "aeiou")
ENDINGS = ("", "", "n", "r", "s", "l", "tion", "ing", "ed", "al")
SENTENCE = 20
LINKED = 0.2
HOSTS = ("https://github.com/{}/{}", "https://huggingface.co/{}/{}", "https://{}.github.io/{}")
KINDS: tuple[LinkKind, ...] = ("repository", "model", "project")
YEAR = re.compile(r"\d{4}$")

Listings = dict[Listing, list[Record]]


@dataclass(frozen=True, slots=True)
class _Language:
    """Made-up words, the most frequent first, how frequent they are all together, and names of people."""

    words: tuple[str, ...]
    frequency: tuple[float, ...]
    names: tuple[str, ...]


def fabricate(count: int, seed: int) -> tuple[Listings, tuple[str, ...]]:
    """Papers of made-up words, as long and as alike as real ones; and the words, the most frequent first.

    Titles have 9 words and abstracts 170 on average; words are as frequent as words are (Zipf's law); one
    paper in five has one to four links. The same count and seed give the same papers.
    """
    chance = random.Random(seed)
    frequency = tuple(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
    names = tuple(name.title() for name in _words(chance, NAMES))
    language = _Language(_words(chance, VOCABULARY), frequency, names)
    ids: set[str] = set()
    listings: Listings = {}
    for first in range(0, count, PAPERS_PER_LISTING):
        captured = FIRST_DAY + timedelta(days=DAYS * first // count)
        listing = Listing(
            id=f"listing-{first // PAPERS_PER_LISTING:04}",
            title=f"Listing of {captured:%B %Y}, {first}",
            format="bench",
            captured=captured,
        )
        listings[listing] = [
            _paper(chance, language, ids, position)
            for position in range(1, min(PAPERS_PER_LISTING, count - first) + 1)
        ]
    return listings, language.words


def _words(chance: random.Random, count: int) -> tuple[str, ...]:
    """Different made-up words; the short ones tend to come first, as in a language."""
    words: dict[str, None] = {}
    while len(words) < count:
        length = min(4, 1 + int(chance.expovariate(1.2) + len(words) / count * 2))
        words["".join(chance.choices(SYLLABLES, k=length)) + chance.choice(ENDINGS)] = None
    return tuple(words)


def _paper(chance: random.Random, language: _Language, ids: set[str], position: int) -> Record:
    def some(mean: float, spread: float, least: int) -> list[str]:
        count = max(least, round(chance.gauss(mean, spread)))
        return chance.choices(language.words, cum_weights=language.frequency, k=count)

    title = " ".join(some(9, 2.5, 3)).title()
    linked = chance.random() < LINKED
    kinds = chance.choices(range(len(KINDS)), (6, 2, 2), k=chance.randint(1, 4) if linked else 0)
    return Record(
        id=_id(title, ids),
        title=title,
        abstract=_prose(some(170, 40, 60)),
        authors=tuple(" ".join(chance.choices(language.names, k=2)) for _ in range(chance.randint(1, 8))),
        published=PartialDate.of(FIRST_DAY + timedelta(days=chance.randrange(DAYS))),
        comments=chance.randrange(40),
        code=tuple(Link(url=HOSTS[kind].format(*some(2, 0, 2)), kind=KINDS[kind]) for kind in kinds),
        venue=chance.choice((None, None, *language.names[:2])),
        position=position,
    )


def _id(title: str, ids: set[str]) -> str:
    slug = text.slug(title)[: MAX_SLUG - 6].rstrip("-") or "paper"
    number = 1
    while (name := slug if number == 1 else f"{slug}-{number}") in ids:
        number += 1
    ids.add(name)
    return name


def _prose(words: list[str]) -> str:
    sentences = (words[start : start + SENTENCE] for start in range(0, len(words), SENTENCE))
    return " ".join(f"{' '.join(sentence).capitalize()}." for sentence in sentences)


def read(file: Path, count: int | None) -> Listings:
    """The first `count` papers of a JSON Lines file, compressed if it ends in .xz; all for None.

    Each line has `listing`, `title` and, where known, `author`, `abstract`, `site`, `pdf`, `github`, `arxiv`
    and `doi`, all text, as the paperlists repository names them.
    """
    found: defaultdict[str, list[Record]] = defaultdict(list)
    ids: set[str] = set()
    with (
        lzma.open(file, "rt", encoding="utf-8")
        if file.suffix == ".xz"
        else file.open(encoding="utf-8") as lines
    ):
        for line, _ in zip(lines, range(count) if count else iter(int, 1), strict=False):
            fields = json.loads(line)
            papers = found[fields["listing"]]
            papers.append(_record(fields, ids, len(papers) + 1))
    return {_listing(name): papers for name, papers in found.items()}


def _listing(name: str) -> Listing:
    return Listing(id=text.slug(name), title=name, format="bench", captured=_day(name))


def _day(listing: str) -> date | None:
    year = YEAR.search(listing)
    return date(int(year[0]), 7, 1) if year else None


def _record(fields: Mapping[str, Any], ids: set[str], position: int) -> Record:
    title = text.clean(fields["title"])
    record = {
        "id": _id(title, ids),
        "title": title,
        "abstract": text.clean(fields.get("abstract") or "") or None,
        "authors": tuple(filter(None, map(text.clean, (fields.get("author") or "").split(";")))),
        "published": _day(fields["listing"]),
        "venue": fields["listing"],
        "position": position,
    }
    addresses = {"url": fields.get("site"), "pdf": fields.get("pdf")}
    known = {name: address for name, address in addresses.items() if address}
    links = [{"url": address, "kind": "repository"} for address in _addresses(fields.get("github"))]
    try:
        return Record.model_validate(record | known | {"code": links})
    except ValidationError:  # an address that is none
        return Record.model_validate(record)


def _addresses(text_of_links: str | None) -> Iterator[str]:
    return (link for link in (text_of_links or "").split(";") if link.startswith("https://github.com/"))

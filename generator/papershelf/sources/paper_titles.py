"""Titles of papers in lists, told from where they stand and how they look."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from papershelf.core.partial_date import PartialDate
from papershelf.sources.paper_items import Run, is_label
from papershelf.sources.paper_links import paper_link
from papershelf.sources.venue_names import Appeared, appeared
from papershelf.sources.written_names import names_in

GROUP: Final = re.compile(
    r"[\[(\u3010\uff08]\s*([^\[\]()\u3010\u3011\uff08\uff09]{2,120}?)\s*[\])\u3011\uff09]"
)
_LEADING_GROUP: Final = re.compile(rf"\s*{GROUP.pattern}\s*[:\-\u2013|]?\s*")
_TRAILING_GROUP: Final = re.compile(rf"[\s,]*{GROUP.pattern}\s*[.:,]?\s*$")
_QUOTED: Final = re.compile(r"[\u201c\"]([^\u201c\u201d\"]{8,400})[\u201d\"]")
PART: Final = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])\.(?=\s+\S|\s*$)|\\+\s|\n|\s[|\u2022\u00b7]\s|\s[-\u2013\u2014]{1,3}\s"
)
ET_AL: Final = re.compile(r"\bet[.\s]{0,2}al\b\.?", re.IGNORECASE)
_LONE_BRACKET: Final = re.compile(r"^[\s,;|]*[\])]+|[\[(]+[\s,;|]*$")
_TITLE_PREFIX: Final = re.compile(r"^(?:title|paper|\u8bba\u6587)\s*[:\uff1a]\s*", re.IGNORECASE)
_EMPTY: Final = re.compile(r"[\[(\u3010\uff08][\s|,/:;&.]*[\])\u3011\uff09]")
EDGES: Final = " \t\r\n,;:|*_`~.-\u2013\u2014\\\u3001\u3002\uff0c\uff1a"
PROSE: Final = re.compile(
    r"\b(?:is|are) (?:an?|the|one)\b|\b(?:[Ww]e|[Tt]his (?:paper|work)|[Ii]t|[Tt]hey) \w+"
    r"|\b(?:proposes?|presents?|introduces?|shows?|uses|see|please|check)\b"
)
_LONGEST_TITLE: Final = 400
_FEWEST_WORDS: Final = 3  # of what is certainly a title


@dataclass(slots=True)
class Facts:
    """What is found out about where and when, what comes first counts."""

    venue: str | None = None
    published: PartialDate | None = None

    def take(self, said: Appeared | None) -> bool:
        """Whether a text said anything; keep of it what was not known."""
        if said:
            self.venue = self.venue or said.venue
            known, new = self.published, said.published
            self.published = new if not known or (new and str(new).startswith(str(known))) else known
        return said is not None


def is_title(text: str) -> bool:
    """Whether a text may be a title: no label, no venue, not a sentence about the paper."""
    text = text.strip(EDGES)
    is_prose = (
        bool(PROSE.search(text))
        and len(text.split()) > 2 * _FEWEST_WORDS
        and text[:1] + text[1:] != text.title()
    )
    return (
        not is_label(text)
        and len(text) <= _LONGEST_TITLE
        and appeared(text.strip("[]()")) is None
        and not (is_prose and sum(word[:1].islower() for word in text.split()) > len(text.split()) / 2)
    )


def title_in(runs: Sequence[Run], facts: Facts) -> tuple[str, tuple[Run, ...], tuple[Run, ...]]:
    """The title, and what stands before and after it."""
    at = _titled_run(runs)
    if at is None:
        return _title_in_text(runs, facts)
    title, after = runs[at].text, tuple(runs[at + 1 :])
    is_short = len(title.split()) < _FEWEST_WORDS
    follows = after[0].text if after and not after[0].url else ""
    if is_short and (title.rstrip().endswith(":") or follows.lstrip().startswith(":")):
        first = PART.split(follows, maxsplit=1)[0]
        if first.strip(EDGES) and not PROSE.search(first):
            title = f"{title.rstrip(' :')}: {first.strip(EDGES)}"
            after = (after[0]._replace(text=follows[len(first) :]), *after[1:])
    return _trimmed(title, facts), tuple(runs[:at]), after


def _titled_run(runs: Sequence[Run]) -> int | None:
    """The run that is the title by its looks: the text of its link, the first link, or in bold."""
    titled = [at for at, run in enumerate(runs) if is_title(run.text)]
    linked = [at for at in titled if runs[at].url and paper_link(runs[at].url)]
    bold = [at for at in titled if runs[at].bold and not runs[at].url]
    starts = [
        at for at in titled if runs[at].url and all(is_label(GROUP.sub("", run.text)) for run in runs[:at])
    ]
    return next(iter((*linked, *starts, *bold)), None)


def _title_in_text(runs: Sequence[Run], facts: Facts) -> tuple[str, tuple[Run, ...], tuple[Run, ...]]:
    """The title in plain text: in quotation marks, or its first part, if that does not name the authors."""
    start = next(
        (at for at, run in enumerate(runs) if not run.url and not run.italic and _has_words(run)), None
    )
    if start is None:
        return "", (), tuple(runs)
    text, before, after = runs[start].text, tuple(runs[:start]), tuple(runs[start + 1 :])
    if quote := _QUOTED.search(text):
        around = (Run(text[: quote.start()]), *before), (Run(text[quote.end() :]), *after)
        return _trimmed(quote[1], facts), *around
    parts = [
        part for part in PART.split(ET_AL.sub("et al.", _without_groups(text, facts))) if part.strip(EDGES)
    ]
    if not parts:
        return "", before, after
    if len(parts) > 1 and len(names_in(parts[0])) > 1:
        before, parts = (Run(parts[0]), *before), parts[1:]
    title, rest = _without_names(parts[0], facts)
    if not is_title(title):
        return "", before, after
    details = (Run(rest), *(Run(f"{part}\n") for part in parts[1:]))
    return _trimmed(title, facts), before, (*details, *after)


def _has_words(run: Run) -> bool:
    text = _EMPTY.sub("", GROUP.sub("", run.text)).strip(EDGES)
    return not is_label(text) and not re.fullmatch(r"\w{1,14}\s?[:\uff1a]?", text)


def _without_groups(text: str, facts: Facts) -> str:
    """The text without empty brackets, and without those that say where and when."""

    def kept(group: re.Match[str]) -> str:
        return " " if facts.take(appeared(group[1], marked=True)) else group[0]

    return _EMPTY.sub(" ", GROUP.sub(kept, text))


def _without_names(part: str, facts: Facts) -> tuple[str, str]:
    """A title and the authors behind it: Long Steeping, Ada Kettle, Bo Leaf, CVPR 2024."""
    pieces = part.split(",")
    while len(pieces) > 1 and facts.take(appeared(pieces[-1])):
        pieces.pop()
    for at in range(1, len(pieces)):
        names = ",".join(pieces[at:])
        if len(names_in(names)) > 1:
            return ",".join(pieces[:at]), names
    return ",".join(pieces), ""


def _trimmed(title: str, facts: Facts) -> str:
    """A title without what stands in brackets around it and says where and when."""
    title = " ".join(title.split())
    for pattern in (_LEADING_GROUP, _TRAILING_GROUP):
        found = pattern.match(title) if pattern is _LEADING_GROUP else pattern.search(title)
        if found and facts.take(appeared(found[1], marked=True)):
            title = title[: found.start()] + title[found.end() :]
    title = _TITLE_PREFIX.sub("", title.strip(EDGES)).strip('"\u201c\u201d ')
    title = _LONE_BRACKET.sub("", title.strip(EDGES)).strip(EDGES)
    return title if is_title(title) else ""

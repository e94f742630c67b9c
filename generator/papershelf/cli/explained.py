"""An explanation as text, at most `WIDTH` columns wide except for web addresses and file names."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len, set_cell_size

from papershelf.core.model import Reference
from papershelf.core.person import Author
from papershelf.core.printable import printable, printable_value
from papershelf.text import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from papershelf.authoring.explanation import Explanation, FieldFact, LinkFact, Reason, TopicFact
    from papershelf.core.problems import Location
    from papershelf.library.topic_model import Part
    from papershelf.library.topic_rules import Hit

WIDTH = 100
NAME_WIDTH = 26
_LEAST = 0.1  # chance of a topic that is shown though it was not given
_INDENT = " " * (NAME_WIDTH + 2)
_VALUE_LENGTH = 2 * (WIDTH - NAME_WIDTH - 2)  # longer values are shortened
_TIES = {
    "arxiv": "arXiv id",
    "doi": "DOI",
    "openreview": "OpenReview id",
    "id": "id",
    "title": "title and authors",
}
_COLOURS = {
    "assigned": "green",
    "added": "green",
    "decided": "green",
    "dropped": "yellow",
    "replaced": "yellow",
}
_MARKS = {"listed": " ", "added": "+", "changed": "~", "dropped": "-"}


def text(explanation: Explanation) -> str:
    """The whole explanation, coloured; `click.echo` removes the colours where there is no terminal."""
    return "\n".join(_lines(printable_value(explanation)))


def _lines(paper: Explanation) -> Iterator[str]:
    yield from (click.style(line, bold=True) for line in textwrap.wrap(paper.title, WIDTH))
    if paper.hidden:
        yield click.style(f"hidden: {_value_text(paper.hidden.value)}", fg="yellow") + _dim(
            f"  {paper.hidden.at}"
        )
    else:
        yield f"page {paper.url}"
    if paper.former_ids:
        yield f"leads here too: {', '.join(paper.former_ids)}"
    yield _decision_line(paper)
    sections = (
        (_record_heading(paper), list(_record_lines(paper))),
        ("Fields", [line for field in paper.fields for line in _field_lines(field)]),
        ("Links", [line for link in paper.links for line in _link_lines(link)]),
        ("Topics", list(_topic_lines(paper))),
    )
    for title, lines in sections:
        yield from ("", click.style(title, bold=True), *(lines or ["  none"]))


def _decision_line(paper: Explanation) -> str:
    return f"decided in {paper.decision}" if paper.decision else "no decision in content/curation"


def _record_heading(paper: Explanation) -> str:
    return f"Records: {len(paper.records)}, one work" if len(paper.records) > 1 else "Records"


def _record_lines(paper: Explanation) -> Iterator[str]:
    """Each record, and from the second on why it is the same work."""
    for number, record in enumerate(paper.records):
        named = "" if record.id == paper.id else f", id {record.id}"
        yield _row(record.listing, f"position {record.position}{named}", record.at)
        for reason in record.reasons:
            if number > 0 or reason.tie == "same_as":
                yield f"{_INDENT}{_reason_text(reason)}"


def _reason_text(reason: Reason) -> str:
    if reason.tie == "same_as":
        return f"because a decision says: same as {reason.value}" + _dim(f"  {reason.at}")
    value = "" if reason.tie in ("id", "title") else f" {reason.value}"
    return f"because of the same {_TIES[reason.tie]}{value}" + _dim(f"  {reason.at}")


def _field_lines(field: FieldFact) -> Iterator[str]:
    yield from _wrapped_value(
        field.name, _value_text(field.value), field.at, "cyan" if field.curated else None
    )
    if field.why:
        yield f"{_INDENT}{field.why}"
    if field.curated and field.before:
        yield from _wrapped_value("  records said", _value_text(field.before.value), field.before.at)
    for other in field.others:
        yield from _wrapped_value("  also said", _value_text(other.value), other.at)


def _link_lines(link: LinkFact) -> Iterator[str]:
    official = {True: ", official", False: ", not by the authors", None: ""}[link.official]
    yield _row(f"{_MARKS[link.change]} {link.kind}{official}", link.url, link.at)
    if link.change != "listed":
        yield f"{_INDENT}{link.change} by hand"


def _topic_lines(paper: Explanation) -> Iterator[str]:
    shown = [each for each in paper.topics if _is_worth_showing(each)]
    for topic in shown:
        yield from _one_topic_lines(topic)
    if len(shown) < len(paper.topics):
        yield f"  {len(paper.topics) - len(shown)} more have words that speak against them: see --json"


def _is_worth_showing(topic: TopicFact) -> bool:
    return topic.outcome in _COLOURS or (topic.score > 0 if topic.chance is None else topic.chance >= _LEAST)


def _one_topic_lines(topic: TopicFact) -> Iterator[str]:
    chosen = topic.outcome in _COLOURS
    found = (
        f"{topic.score:g} of {topic.threshold:g}" if topic.chance is None else f"chance {topic.chance:.0%}"
    )
    words = f"{found}: {'' if chosen else 'not assigned, '}{topic.why}"
    yield _row(topic.id, click.style(words, fg=_COLOURS.get(topic.outcome)), topic.decision or topic.at)
    for texts in (map(_hit_text, topic.hits), (_part_text(part, topic.id) for part in topic.learned)):
        yield from textwrap.wrap(", ".join(texts), WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _hit_text(hit: Hit) -> str:
    place = "" if hit.where == "text" else f" ({hit.where})"
    return f"{hit.what}{place} {hit.weight:+g}"


def _part_text(part: Part, topic: str) -> str:
    if part.of == "word":
        return f"learned: {part.what} {part.weight:+.2f}"
    return f"{'its rules' if part.what == topic else f'rules of {part.what}'} {part.weight:+.2f}"


def _wrapped_value(name: str, value: str, at: Location, colour: str | None = None) -> Iterator[str]:
    """A value, wrapped; its place is on the right of the last line if it fits, else below."""
    lines = textwrap.wrap(value, WIDTH - NAME_WIDTH - 2) or [""]
    for index, line in enumerate(lines[:-1]):
        yield f"{_name_column(name if index == 0 else '')}{click.style(line, fg=colour)}"
    yield _row(name if len(lines) == 1 else "", click.style(lines[-1], fg=colour), at)


def _row(name: str, value: str, at: Location | None) -> str:
    start, place = f"{_name_column(name)}{value}", str(at or "")
    room = WIDTH - cell_len(click.unstyle(start)) - len(place)
    if not place:
        return start
    return start + _dim(" " * room + place if room > 1 else f"\n{_INDENT}{place}")


def _name_column(name: str) -> str:
    """The left column; a name that does not fit gets a line of its own."""
    if cell_len(name) >= NAME_WIDTH:
        return f"  {name}\n{_INDENT}"
    return "  " + set_cell_size(name, NAME_WIDTH)


def _dim(words: str) -> str:
    return click.style(words, dim=True)


def _value_text(value: object) -> str:
    """A value as text, shortened."""
    words = printable(" ".join(_full_value_text(value).split()))
    return words if len(words) <= _VALUE_LENGTH else f"{words[: _VALUE_LENGTH - 1].rstrip()}…"


def _full_value_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Author):
        return f"{people.shown(value)} ({value.orcid})" if value.orcid else people.shown(value)
    if isinstance(value, Reference):
        return f"{value.title} ({value.url})"
    if isinstance(value, tuple):
        return ", ".join(_full_value_text(each) for each in value)
    return str(value)

"""Header comments of hand-written files, and the unfinished entries that `papershelf new` writes."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from papershelf.authoring.examples import EXAMPLES, FileKind
from papershelf.authoring.schemas import KINDS, Schema, fields, schema
from papershelf.core.model import Paper
from papershelf.core.partial_date import PartialDate
from papershelf.library.identifiers import Identifier

WIDTH = 110
COLUMN = 44
_INTRODUCTION: Mapping[FileKind, str] = {
    "curation": "Decisions about papers, one entry for each. Only `paper` is required, everything else may be"
    " left out. What is said here wins over what listings say. An entry in full:",
    "topics": "The topics, in the order readers see them, and the rules that sort papers into them. Only `id`"
    " and `title` are required. A topic in full:",
    "collection": "A reading path: papers in the order in which to read them. The file's name is its address."
    " In full:",
    "site_config": "The settings of this reading list. Only `title` and `description` are required."
    " All settings:",
}
_NOTES: Mapping[FileKind, str] = {
    "curation": "A paper that no listing has needs `title` and one of `arxiv`, `doi`, `links` or `code`.",
    "topics": 'Of phrases within each other only the longest counts: "one shot pruning" above hides a phrase'
    ' "one shot". A paper gets its best topic, a second one that has half of the best one\'s strength, and a'
    " third one with twice its threshold. `papershelf explain` shows what was found and what it counted.",
}


class _Dumper(yaml.SafeDumper):
    """Writes booleans as yes and no."""


_Dumper.add_representer(
    bool, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")
)
_Dumper.add_representer(PartialDate, lambda dumper, value: dumper.represent_data(yaml.safe_load(str(value))))


def inline(value: object) -> str:
    """A value as YAML on one line."""
    written = yaml.dump(
        _on_one_line(value),
        Dumper=_Dumper,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
    )
    return written.removesuffix("\n").removesuffix("\n...")


def _on_one_line(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _on_one_line(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_on_one_line(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def header(kind: FileKind) -> str:
    """The comment at the start of a file of this kind: its schema for editors, an example of every field."""
    whole = schema(kind)
    pairs = _example_lines(EXAMPLES[kind], fields(whole), whole, set())
    example = [*_as_list_entry(pairs)] if whole.get("type") == "array" else list(pairs)
    lines = [
        f"# yaml-language-server: $schema={KINDS[kind].reference}",
        *_comment(_INTRODUCTION[kind]),
        "#",
        *(line for left, words in example for line in _with_explanation(f"# {left}", words)),
        *(["#", *_comment(_NOTES[kind])] if kind in _NOTES else []),
    ]
    return "".join(f"{line}\n" for line in lines)


ExampleLine = tuple[str, str]  # YAML and its explanation


def _example_lines(
    example: Mapping[str, Any], known: Mapping[str, Schema], whole: Schema, explained: set[str]
) -> Iterator[ExampleLine]:
    """Each field of the example as YAML, with its explanation unless that is in `explained` already."""
    for name, field in known.items():
        if name not in example:
            continue
        words = "" if name in explained else _explanation(field, whole)
        explained.add(name)
        inner, value = fields(field, whole), example[name]
        if not inner:
            yield f"{name}: {inline(value)}", words
        elif isinstance(value, Mapping):
            yield f"{name}:", words
            yield from (("  " + left, more) for left, more in _example_lines(value, inner, whole, set()))
        else:
            yield f"{name}:", words
            explained_inside: set[str] = set()
            for each in value:
                pairs = _as_list_entry(_example_lines(each, inner, whole, explained_inside))
                yield from (("  " + left, more) for left, more in pairs)


def _as_list_entry(pairs: Iterator[ExampleLine]) -> Iterator[ExampleLine]:
    """Fields as one entry of a list."""
    return (((("- " if index == 0 else "  ") + left), words) for index, (left, words) in enumerate(pairs))


def _explanation(field: Schema, whole: Schema) -> str:
    """The description of a field, its valid values, and its default."""
    group = whole["$defs"][field["$ref"].rpartition("/")[2]] if "$ref" in field else {}
    choices = field.get("enum", ())
    default = field.get("default", False)
    parts = [
        field.get("description", group.get("description", "")),
        f"One of {', '.join(choices)}." if choices else "",
        "" if isinstance(default, bool | dict) else f"If absent: {default}.",
    ]
    return " ".join(filter(None, parts))


def _with_explanation(left: str, words: str) -> Iterator[str]:
    """A line of the example with its explanation on the right, continued on the lines below."""
    pieces = textwrap.wrap(words, WIDTH - COLUMN - 2)
    if pieces and len(left) < COLUMN:
        yield f"{left:<{COLUMN}}# {pieces.pop(0)}"
    else:
        yield left
    yield from (f"{'#':<{COLUMN}}# {piece}" for piece in pieces)


def _comment(words: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(words, WIDTH - 2)]


def new_paper(named: Identifier) -> str:
    """The entry that adds a paper; only its title is missing, and `papershelf check` reports that."""
    title = ["  # Write the paper's title behind this colon:", "  title:"]
    lines = [f"- paper: {inline(named.name)}", *title, *_link_fields(named)]
    examples = {name: EXAMPLES["curation"][name] for name in ("published", "summary", "topics", "note")}
    return _joined(
        [
            *lines,
            "  # Remove the # in front of a line and say it of this paper:",
            "  # slug: its-address  # without it, made of the title, and moving with it",
            *(_commented(name, value) for name, value in examples.items()),
        ]
    )


def _link_fields(named: Identifier) -> list[str]:
    """The fields that say where the paper can be read."""
    if named.field == "links":
        return [
            "  links:",
            f"    - title: {inline(named.label)}",
            f"      url: {inline(named.value)}",
        ]
    if named.field == "code":
        return [f"  code: [{inline(named.value)}]"]
    return [f"  {named.field}: {inline(named.value)}"]


def known_paper(paper: Paper) -> str:
    """The entry for a paper of the list: it decides nothing, and shows the current values in comments."""
    names = ("title", "authors", "published", "venue", "type", "arxiv", "doi", "summary", "kind", "topics")
    values = {name: getattr(paper, name) for name in names} | {
        "authors": [*(author.written() for author in paper.authors), *(["et al."] * paper.more_authors)],
        "code": [link.url for link in paper.links],
    }
    return _joined(
        [
            f"- paper: {inline(paper.id)}",
            "  # Remove the # in front of a line to decide it; the values are those that hold now.",
            *(_commented(name, value) for name, value in values.items() if value),
            *(_commented(name, EXAMPLES["curation"][name]) + "  # an example" for name in ("note", "rating")),
        ]
    )


def topic(topic_id: str, title: str) -> str:
    """The entry that defines a topic, with a rule that matches its name."""
    example = EXAMPLES["topics"]
    return _joined(
        [
            f"- id: {inline(topic_id)}",
            f"  title: {inline(title)}",
            *(_commented(name, example[name]) for name in ("description", "parent", "related")),
            "  rules:",
            "    - weight: 3",
            f"      phrases: [{inline(topic_id.replace('-', ' '))}]",
            *(f"    {line}" for line in ("# - weight: -2", "#   phrases: [words that speak against it]")),
        ]
    )


def collection(title: str) -> str:
    """A collection without papers yet."""
    return _joined(
        [
            f"title: {inline(title)}",
            f"# introduction: {inline(EXAMPLES['collection']['introduction'])}",
            "papers:",
            "  # Write the first paper's id (slug), arXiv id, DOI or exact title behind this colon:",
            "  - paper:",
            "    # note: Why to read it first.",
        ]
    )


def _commented(name: str, value: object) -> str:
    return f"  # {name}: {inline(value)}"


def _joined(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)

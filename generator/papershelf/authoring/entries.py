"""What hand-written files begin with, and the entries that `papershelf new` writes for people to finish."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from papershelf.authoring.examples import EXAMPLES, Kind
from papershelf.authoring.schemas import KINDS, Schema, fields, schema
from papershelf.core.model import Paper
from papershelf.library.identifiers import Named

WIDTH = 110
COLUMN = 44
_BEFORE: Mapping[Kind, str] = {
    "curation": "Decisions about papers, one entry for each. Only `paper` is required, everything else may be"
    " left out. What is said here wins over what listings say. An entry in full:",
    "topics": "The topics, in the order readers see them, and the rules that sort papers into them. Only `id`"
    " and `title` are required. A topic in full:",
    "collection": "A reading path: papers in the order in which to read them. The file's name is its address."
    " In full:",
    "site_config": "The settings of this reading list. Only `title` and `description` are required."
    " All settings:",
}
_AFTER: Mapping[Kind, str] = {
    "curation": "A paper that no listing has needs `title` and one of `arxiv`, `doi`, `links` or `code`.",
    "topics": 'Of phrases within each other only the longest counts: "one shot pruning" above hides a phrase'
    ' "one shot". A paper gets the three best topics at most. `papershelf explain` shows what was found and'
    " what it counted.",
}


class _Dumper(yaml.SafeDumper):
    """YAML for people: yes and no."""


_Dumper.add_representer(
    bool, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")
)


def inline(value: object) -> str:
    """A value as YAML in one line."""
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


def header(kind: Kind) -> str:
    """The comment that a file of this kind begins with: its schema for editors, an example of every field."""
    made = schema(kind)
    pairs = _fields(EXAMPLES[kind], fields(made), made, set())
    example = [*_entry(pairs)] if made.get("type") == "array" else list(pairs)
    lines = [
        f"# yaml-language-server: $schema={KINDS[kind].reference}",
        *_comment(_BEFORE[kind]),
        "#",
        *(line for left, words in example for line in _explained(f"# {left}", words)),
        *(["#", *_comment(_AFTER[kind])] if kind in _AFTER else []),
    ]
    return "".join(f"{line}\n" for line in lines)


Line = tuple[str, str]


def _fields(
    example: Mapping[str, Any], known: Mapping[str, Schema], whole: Schema, told: set[str]
) -> Iterator[Line]:
    """Each field of the example as YAML, with what there is to know about it, said the first time only."""
    for name, said in known.items():
        if name not in example:
            continue
        words = "" if name in told else _words(said, whole)
        told.add(name)
        inner, value = fields(said, whole), example[name]
        if not inner:
            yield f"{name}: {inline(value)}", words
        elif isinstance(value, Mapping):
            yield f"{name}:", words
            yield from (("  " + left, more) for left, more in _fields(value, inner, whole, set()))
        else:
            yield f"{name}:", words
            told_inside: set[str] = set()
            for each in value:
                pairs = _entry(_fields(each, inner, whole, told_inside))
                yield from (("  " + left, more) for left, more in pairs)


def _entry(pairs: Iterator[Line]) -> Iterator[Line]:
    """Fields as an entry of a list."""
    return (((("- " if index == 0 else "  ") + left), words) for index, (left, words) in enumerate(pairs))


def _words(said: Schema, whole: Schema) -> str:
    """The description, the words that are valid, and what counts if the field is absent."""
    group = whole["$defs"][said["$ref"].rpartition("/")[2]] if "$ref" in said else {}
    choices = said.get("enum", ())
    default = said.get("default", False)
    parts = [
        said.get("description", group.get("description", "")),
        f"One of {', '.join(choices)}." if choices else "",
        "" if isinstance(default, bool | dict) else f"If absent: {default}.",
    ]
    return " ".join(filter(None, parts))


def _explained(left: str, words: str) -> Iterator[str]:
    """A line of the example with its explanation beside it, as far as there is room, and below."""
    pieces = textwrap.wrap(words, WIDTH - COLUMN - 2)
    if pieces and len(left) < COLUMN:
        yield f"{left:<{COLUMN}}# {pieces.pop(0)}"
    else:
        yield left
    yield from (f"{'#':<{COLUMN}}# {piece}" for piece in pieces)


def _comment(words: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(words, WIDTH - 2)]


def new_paper(named: Named) -> str:
    """The entry that adds a paper: only its title is missing, and `papershelf check` says so."""
    asked = ["  # Write the paper's title behind this colon:", "  title:"]
    lines = [f"- paper: {inline(named.name)}", *asked, *_place(named)]
    examples = {name: EXAMPLES["curation"][name] for name in ("published", "summary", "topics", "note")}
    return _text(
        [
            *lines,
            "  # Remove the # in front of a line and say it of this paper:",
            "  # slug: its-address  # without it, made of the title",
            *(_hint(name, value) for name, value in examples.items()),
        ]
    )


def _place(named: Named) -> list[str]:
    """Where the paper can be read."""
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
    """The entry for a paper that the list has: nothing is decided, what holds now stands in comments."""
    names = ("title", "authors", "published", "venue", "arxiv", "doi", "summary", "kind", "topics")
    values = {name: getattr(paper, name) for name in names} | {"code": [link.url for link in paper.links]}
    return _text(
        [
            f"- paper: {inline(paper.id)}",
            "  # Remove the # in front of a line to decide it; the values are those that hold now.",
            *(_hint(name, value) for name, value in values.items() if value),
            *(_hint(name, EXAMPLES["curation"][name]) + "  # an example" for name in ("note", "rating")),
        ]
    )


def topic(topic_id: str, title: str) -> str:
    """The entry that defines a topic, with a rule that finds its name."""
    example = EXAMPLES["topics"]
    return _text(
        [
            f"- id: {inline(topic_id)}",
            f"  title: {inline(title)}",
            *(_hint(name, example[name]) for name in ("description", "parent", "related")),
            "  rules:",
            "    - weight: 3",
            f"      phrases: [{inline(topic_id.replace('-', ' '))}]",
            *(f"    {line}" for line in ("# - weight: -2", "#   phrases: [words that speak against it]")),
        ]
    )


def collection(title: str) -> str:
    """A reading path that waits for its papers."""
    return _text(
        [
            f"title: {inline(title)}",
            f"# introduction: {inline(EXAMPLES['collection']['introduction'])}",
            "papers:",
            "  # Write the first paper's id (slug), arXiv id, DOI or exact title behind this colon:",
            "  - paper:",
            "    # note: Why to read it first.",
        ]
    )


def _hint(name: str, value: object) -> str:
    return f"  # {name}: {inline(value)}"


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)

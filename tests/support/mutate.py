"""Lists of papers with mistakes: lines lost, doubled or exchanged, and values that nobody expects."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Final

Files = Mapping[str, str]
"""The text of each file of a list, by its path."""

VALUES: Final = (
    *("", " ", "no", "null", "~", "0", "-1", "1e999", "99999999999999999999", "[]", "{}", "[[[[[]]]]]"),
    *("∞", "强化学习", "🙂" * 50, "é\u0301\u202eabc", "a\u200bb", "ß" * 300, "x" * 300, "a-" * 80 + "a"),
    *("0001-01-01", "1000-01-01", "1899-12-31", "2099-12-31", "9999-12-31", "2024-02-30", "2025-03-05"),
    *("../../x", "a/b", "con", "unsorted", "undated", "index", "2", "topics", "new", "api", "1", "page-1"),
    *("https://example.org/a?b=c#d", "https://github.com/ada/tea", "https://huggingface.co/ada/tea"),
    *("https://arxiv.org/abs/2501.12340", "10.1000/182", "2501.12340", "cs/0112017", "soup", "twins"),
    *("<script>alert(1)</script>", "{{ 7 * 7 }}", "{% raw %}", "[x](../topics/index.md)", "**bold** `code`"),
    *(
        "[x](nowhere.md)",
        "[x](#gone)",
        "$x^2$ \\alpha",
        "a: b",
        "- a",
        "| a | b |",
        "'",
        '"',
        "#",
        "&a",
        "*a",
    ),
    *("zz", "de", "en-US", "zh-Hant", "red", "yes", "method", "read", "introductory", "(a+)+$", r"\bx", "(("),
)
_PLACES: Final = (
    "id",
    "title",
    "paper",
    "slug",
    "published",
    "captured",
    "language",
    "topics",
    "note",
    "venue",
)


def read(root: Path) -> Files:
    """All files of a list."""
    paths = [root / "site_config.yml", *sorted((root / "content").rglob("*"))]
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if path.is_file() and path.parent.name != "schemas"
    }


def write(files: Files, root: Path) -> None:
    """Replace the list in `root`; what is not content stays."""
    shutil.rmtree(root / "content", ignore_errors=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", errors="surrogatepass", newline="\n")


def mutated(files: Files, random: Random) -> Files:
    """The files with one to three changes in them."""
    changed = dict(files)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        name = random.choice(sorted(changed))
        mutations = _OF_RECORDS if name.endswith(".jsonl") and random.random() < 0.7 else _OF_LINES
        changed[name] = random.choice(mutations)(changed[name], random)
    return changed


def part_of(source: Path, root: Path, papers: int) -> Path:
    """A few papers of each listing of another list, its topics and settings."""
    files = read(source)
    kept = {name: text for name, text in files.items() if name in {"site_config.yml", "content/topics.yml"}}
    for name, text in files.items():
        if name.endswith(".jsonl"):
            kept[name] = "\n".join(text.split("\n")[: papers + 1]) + "\n"
    write(kept, root)
    return root


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _delete(text: str, random: Random) -> str:
    lines = _lines(text)
    del lines[random.randrange(len(lines))]
    return "\n".join(lines)


def _double(text: str, random: Random) -> str:
    lines = _lines(text)
    at = random.randrange(len(lines))
    return "\n".join([*lines[: at + 1], *lines[at:]])


def _exchange(text: str, random: Random) -> str:
    lines = _lines(text)
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _insert(text: str, random: Random) -> str:
    lines = _lines(text)
    at = random.randrange(len(lines))
    indent = " " * random.choice((0, 2, 4))
    lines.insert(at, f"{indent}{random.choice(_PLACES)}: {random.choice(VALUES)}")
    return "\n".join(lines)


def _value(text: str, random: Random) -> str:
    """Another value after a colon, bare or in quotes."""
    lines = _lines(text)
    places = [at for at, line in enumerate(lines) if ": " in line]
    if not places:
        return random.choice(VALUES)
    at, value = random.choice(places), random.choice(VALUES)
    before, _, known = lines[at].partition(": ")
    longer = f"{known} {value}"
    lines[at] = f"{before}: {random.choice((json.dumps(value), json.dumps(longer), longer, value))}"
    return "\n".join(lines)


def _cut(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


def _empty(_text: str, random: Random) -> str:
    return random.choice(("", "\n", "# nothing\n", "[]\n"))


def _character(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return (
        text[:at]
        + random.choice("\t\n\r\0\x1b\x7f\x85\u2028\ufeff\u202e\U0010ffff{}[]:-#&*!|>'\"%@`")
        + text[at:]
    )


def _record(text: str, random: Random) -> str:
    """Another value of a field of a record, or a field more."""
    lines = _lines(text)
    places = [at for at, line in enumerate(lines) if line.startswith("{")]
    if not places:
        return text
    at = random.choice(places)
    try:
        record = json.loads(lines[at])
    except ValueError:
        return text
    name = random.choice(
        [*record, *_PLACES, "abstract", "authors", "code", "arxiv", "doi", "url", "comments"]
    )
    value = random.choice(VALUES)
    others = (value, value, [value], [{"url": value, "kind": "dataset"}], 3, None)
    is_text = name in {"title", "abstract", "summary", "venue"}
    record[name] = f"{record.get(name) or ''} {value}" if is_text else random.choice(others)
    lines[at] = json.dumps(record, ensure_ascii=random.random() < 0.5)
    return "\n".join(lines)


Mutation = Callable[[str, Random], str]
_OF_LINES: Final[tuple[Mutation, ...]] = (
    *(_delete, _double, _exchange, _insert, _value, _value, _value, _cut, _empty, _character),
)
_OF_RECORDS: Final[tuple[Mutation, ...]] = (_record,)

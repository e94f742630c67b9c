"""Give every command what is far too large or too deep: it says so, quickly and in little memory.

    .venv/bin/python scripts/campaigns/bombs.py --only import

A part is a bomb. Each command may take 30 seconds of a processor and 500 MB, or three times what a file may
have where it is read, and ends with words and exit code 1 or 2, or 0 where a bomb is harmless.
"""

import json
import shutil
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import shared
from shared import demand

from papershelf.content import records

SECONDS, MEMORY = 30, 500
HUGE = 10**9
DEEP = 100_000
PNG = b"\x89PNG\r\n\x1a\n"
HEAD = '{"id":"x","title":"X","format":"x"}\n'
READING = (("check",), ("build", "-q"))
TAG = "<svg xmlns='http://www.w3.org/2000/svg'>"


@dataclass(frozen=True)
class Bomb:
    """What stands in a file, followed by null bytes up to a size; the commands that meet it."""

    file: str
    start: str | bytes
    size: int = 0
    commands: Sequence[tuple[str, ...]] = READING
    codes: tuple[int, ...] = (1, 2)
    memory: float = MEMORY
    setting: str = ""


BOMBS = {
    "records": Bomb("content/papers/x.jsonl", HEAD, HUGE),
    "records-line": Bomb(
        "content/papers/x.jsonl", HEAD, 400_000_000, memory=3 * records.MAX_BYTES / shared.MEGABYTE
    ),
    "records-deep": Bomb("content/papers/x.jsonl", f'{HEAD}{{"id":"a","title":{"[" * DEEP}'),
    "records-title": Bomb(
        "content/papers/x.jsonl",
        f"{HEAD}{json.dumps({'id': 'a', 'position': 1, 'title': 'a $x_(' * DEEP})}\n",
        codes=(0, 1),
    ),
    "curation": Bomb("content/curation/x.yml", "- paper: ", HUGE),
    "settings": Bomb("site_config.yml", "title: ", HUGE),
    "words": Bomb("templates/words.yml", "a: ", HUGE),
    "import": Bomb("x.txt", "by AK and the research community\n\n", HUGE, (("import", "x.txt"),)),
    "import-line": Bomb(
        "x.txt",
        "by AK and the research community\n\nA\n\n" + "a b" * 10**6,
        0,
        (("import", "x.txt"),),
        (0, 1, 2),
    ),
    "aliases": Bomb("content/curation/x.yml", "- &a x\n" + "- *a\n" * 999_990),
    "entries": Bomb("content/curation/x.yml", "- a\n" * 1_200_000),
    "empty-entries": Bomb("content/topics.yml", "-\n" * 2_400_000),
    "yaml-deep": Bomb("content/curation/x.yml", "[" * DEEP),
    "yaml-deep-block": Bomb("content/curation/x.yml", "- " * DEEP),
    "yaml-deep-mapping": Bomb("content/topics.yml", "{a: " * DEEP),
    "note-deep": Bomb(
        "content/curation/x.yml", f"- paper: soup-is-all-you-need\n  note: '{'[' * DEEP}'\n", codes=(0, 1)
    ),
    "page-deep": Bomb("content/pages/x.md", "# X\n\n" + "<div>" * DEEP, codes=(0, 1)),
    "page-deep-markdown": Bomb("content/pages/x.md", "# X\n\n" + "<div markdown>\n" * DEEP, codes=(0, 1)),
    "page-deep-quotes": Bomb("content/pages/x.md", "# X\n\n" + "> " * DEEP + "a", codes=(0, 1)),
    "page-brackets": Bomb("content/pages/x.md", "# X\n\n" + "[" * DEEP, codes=(0, 1)),
    "page-stars": Bomb("content/pages/x.md", "# X\n\n" + "*a **b " * (DEEP // 10), codes=(0, 1)),
    "page": Bomb("content/pages/x.md", "# X\n\n", HUGE),
    "logo": Bomb("content/assets/x.png", PNG, 200_000_000, setting="look: {logo: x.png}\n"),
    "logo-deep": Bomb("content/assets/x.svg", TAG + "<g>" * DEEP, setting="look: {logo: x.svg}\n"),
    "ledger": Bomb(
        "digest-ledger.jsonl", '{"ledger": 2', HUGE, (("digest", "--since", "2000-01-01", "--send"),)
    ),
}
MAIL = {
    "PAPERSHELF_SMTP_HOST": "127.0.0.1",
    "PAPERSHELF_SMTP_PORT": "9",
    "PAPERSHELF_SMTP_FROM": "shelf@example.org",
    "PAPERSHELF_SMTP_TO": "reader@example.org",
    "PAPERSHELF_LEDGER_KEY": "00112233" * 8,
}


def main(options: Namespace, chance: Random, work: Path) -> None:
    """Throw one after the other; every loss is told before the campaign ends."""
    del chance
    losses = [loss for name in options.only or BOMBS for loss in throw(name, BOMBS[name], work)]
    demand(not losses, "\n".join(losses))


def throw(name: str, bomb: Bomb, work: Path) -> list[str]:
    """Run the commands over a list with the bomb in it; what they may not do."""
    folder = work / name
    shutil.copytree(shared.ROOT / "tests/small", folder)
    path = folder / bomb.file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(bomb.start.encode() if isinstance(bomb.start, str) else bomb.start)
    if bomb.size:
        with path.open("r+b") as file:
            file.truncate(bomb.size)
    if bomb.setting:
        with (folder / "site_config.yml").open("a", encoding="utf-8") as settings:
            settings.write(bomb.setting)
    losses = []
    for command in bomb.commands:
        given = [str(path) if each == bomb.file else each for each in command]
        try:
            outcome = shared.run(shared.papershelf(folder, *given), work, 4 * SECONDS, **MAIL)
        except shared.LossError as loss:
            losses.append(f"{name}, {command[0]}: {str(loss)[-700:]}")
            shared.say(losses[-1])
            continue
        told = f"{name}, {command[0]}: {outcome.code}, {outcome.busy:.1f} s, {outcome.memory:.0f} MB"
        shared.say(f"{told}: {outcome.output.strip()[:150]!r}")
        small = outcome.busy < SECONDS and outcome.memory < bomb.memory
        if not small or outcome.code not in bomb.codes or (outcome.code and not outcome.output.strip()):
            losses.append(told)
    shutil.rmtree(folder)
    return losses


if __name__ == "__main__":
    shared.campaign(__doc__, main)

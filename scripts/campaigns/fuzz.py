"""Fuzz whatever reads bytes of others, guided by coverage (atheris); a part is one reader.

    PYTHONPATH=DIR .venv/bin/python scripts/campaigns/fuzz.py --seconds 60 --only yaml

atheris is no dependency: `pip install --target DIR atheris`. Each part is a process of libFuzzer for so many
seconds. A loss is an exception other than GeneratorError, an input that takes five seconds, 500 MB more than
at the start, or a promise that does not hold: what passes is safe. The input is kept and named. The part
`saved` mutates the list that a browser keeps, in Chromium.
"""

import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from random import Random

import fuzz_saved
import shared

PARTS = ("sources", "yaml", "records", "cache", "text", "mathml", "addresses", "pages", "pictures", "ledger")
WORDS = {
    "sources": ("by AK and the research community", "\n\n", "• 4 authors", "· Jul 2, 2024", "https://"),
    "yaml": (
        "- ",
        ": ",
        "papers:",
        "topics:",
        "rules:",
        "&a",
        "*a",
        "!!",
        "<<",
        "---",
        "? ",
        "|",
        ">-",
        "\n  ",
    ),
    "records": ('{"id":"', '"title":"', '"code":[', "null", r"\ud800", "1e999", "\n{", '"published":"'),
    "text": (r"\frac{", r"\mathbb{", "$", "https://", "github.com/", "&amp;", "**", r"\href{", r"\'", "<b>"),
    "mathml": (
        r"\frac{",
        r"\begin{matrix}",
        r"\left(",
        r"\sqrt[",
        "&",
        r"\\",
        "_{",
        "^{",
        r"\text{",
        r"\not",
    ),
    "addresses": ("https://", "[::1]", ":80", "xn--", "%", "@", "℀", "0x", "//", "?", "#"),
    "pages": (
        "<script>",
        '<a href="',
        "javascript:",
        "](",
        "<!--",
        "-->",
        "onclick=",
        "{: ",
        "```",
        "markdown=1",
    ),
    "pictures": (
        "<script>",
        'xlink:href="',
        "<style>",
        "url(",
        "<?xml",
        "<!DOCTYPE",
        "&#",
        "<![CDATA[",
        "xmlns:a=",
    ),
    "ledger": ('{"digest": "', '"is": "sent"', "\n", "\r", "\v", "\x85"),
}


def main(options: Namespace, chance: Random, work: Path) -> None:
    """Run each part for the given time."""
    for part in options.only or [*PARTS, "saved"]:
        if part == "saved":
            fuzz_saved.fuzz(options.seconds, chance, work)
        else:
            fuzz(part, options.seconds, options.seed, work)


def fuzz(part: str, seconds: int, seed: int, work: Path) -> None:
    """Run libFuzzer on one part."""
    corpus, dictionary = work / part, work / f"{part}.dict"
    corpus.mkdir()
    words = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS.get(part, ()))
    dictionary.write_text("".join(f'"{word}"\n' for word in words), "utf-8")
    target = [sys.executable, str(Path(__file__).with_name("fuzz_target.py")), part, str(corpus)]
    given = (f"-max_total_time={seconds}", f"-seed={seed % 2**32 or 1}", "-timeout=5", "-max_len=4096")
    kept = (
        *([f"-dict={dictionary}"] if part in WORDS else ()),
        f"-artifact_prefix={work}/{part}-",
        "-print_final_stats=1",
        "-verbosity=1",
    )
    with (work / f"{part}.log").open("w+", encoding="utf-8", errors="replace") as log:
        ended = subprocess.run(
            [*target, *given, *kept], stdout=log, stderr=log, env=shared.child_environment(), check=False
        )
        log.seek(0)
        lines = log.read().splitlines()
    counted = [line.split()[-1] for line in lines if "number_of_executed_units" in line]
    covered = [line.split("cov: ")[1].split()[0] for line in lines if "cov: " in line]
    shared.demand(ended.returncode == 0, f"{part}: " + "\n".join(lines[-60:]))
    shared.say(
        f"{part}: {counted[-1] if counted else '?'} inputs, coverage {covered[-1] if covered else '?'}"
    )


if __name__ == "__main__":
    shared.campaign(__doc__, main, seconds=110)

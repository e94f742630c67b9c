"""The results as Markdown, and their place in BENCHMARKS.md."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.measure import Cost
from bench.results import COLD, STEPS, Measured, Run, targets

BEGIN, END = "<!-- results: made by `make bench` -->", "<!-- end of results -->"
HEADS = {
    COLD: "cold",
    "edit": "after an edit",
    "unchanged": "unchanged",
    "check": "check",
}


def markdown(runs: Mapping[int, Run]) -> str:
    """Every run, the smallest first."""
    return "\n\n".join(section(runs[papers], runs) for papers in sorted(runs))


def section(run: Run, runs: Mapping[int, Run]) -> str:
    """One run; what depends on other sizes is found in `runs`."""
    return "\n\n".join(_run(run, runs))


def replace(file: Path, text: str) -> None:
    """Put the results into a file, between the marks there."""
    before = file.read_text(encoding="utf-8")
    block = f"{BEGIN}\n\n{text}\n\n{END}"
    file.write_text(
        re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: block, before, flags=re.DOTALL),
        encoding="utf-8",
    )


def _run(run: Run, runs: Mapping[int, Run]) -> Iterator[str]:
    yield f"### {run.papers:,} papers"
    yield f"`{run.command}`, on {run.machine}."
    yield _table(
        ["", *(HEADS[step] for step in STEPS), "processor, cold", "memory", "site", "files", "paper page"],
        [[name, *_cells(measured)] for name, measured in run.measured.items()],
    )
    rows = (
        [
            target.what,
            "" if target.value is None else f"{target.value:.3g} {target.unit}",
            f"{target.limit:g} {target.unit}",
            target.verdict,
        ]
        for target in targets(run, runs)
    )
    yield _table(["Papershelf", "measured", "at most", ""], list(rows))


def _cells(measured: Measured) -> Iterator[str]:
    for step in STEPS:
        yield _seconds(measured.costs[step]) if step in measured.costs else ""
    processor = sorted(cost.processor for cost in measured.costs[COLD])
    yield f"{processor[len(processor) // 2]:.1f} s"
    yield f"{measured.memory():.0f} MB"
    yield f"{measured.output.size / 1e6:.0f} MB"
    yield f"{measured.output.files:,}"
    yield f"{measured.output.page / 1000:.1f} kB"


def _seconds(costs: Sequence[Cost]) -> str:
    """The median and, of several, the least and the most."""
    walls = sorted(cost.wall for cost in costs)
    middle = (walls[(len(walls) - 1) // 2] + walls[len(walls) // 2]) / 2
    spread = f" ({walls[0]:.2f} to {walls[-1]:.2f})" if len(walls) > 1 else ""
    return f"{middle:.2f} s{spread}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

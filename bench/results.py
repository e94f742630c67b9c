"""What was measured: medians, ratios, and whether they hold."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import Cost, Output

OURS, MATERIAL, HUGO = "Papershelf", "mkdocs-material", "Hugo and Pagefind"
SMALL, LARGE = 10_000, 41_293
COLD, EDIT, UNCHANGED, CHECK = "cold", "edit", "unchanged", "check"
STEPS = (COLD, EDIT, UNCHANGED, CHECK)


@dataclass(frozen=True, slots=True)
class Measured:
    """One site generator: the costs of each step, one for each round, and the site that came out.

    first_search: bytes transferred for the first result, None where it was not measured.
    """

    costs: Mapping[str, tuple[Cost, ...]]
    output: Output
    first_search: int | None = None

    def seconds(self, step: str) -> float:
        """The median time on the clock."""
        return median(cost.wall for cost in self.costs[step])

    def memory(self) -> float:
        """The most memory in any step, in MB: the median of the rounds."""
        return max(median(cost.memory for cost in costs) for costs in self.costs.values())


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run: number of papers, the command, the machine in words, and what was measured by name."""

    papers: int
    command: str
    machine: str
    measured: Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure, the most it may be, and its unit; `value` is None where the run cannot tell."""

    what: str
    value: float | None
    limit: float
    unit: str

    @property
    def verdict(self) -> str:
        """Whether it holds."""
        return "not measured" if self.value is None else "holds" if self.value <= self.limit else "MISSED"


def targets(run: Run, others: Mapping[int, Run]) -> Iterator[Target]:
    """What Papershelf must reach with so many papers; `others` are runs with other numbers of papers."""
    ours = run.measured[OURS]
    large = run.papers > (SMALL + LARGE) / 2
    cold = ours.seconds(COLD)
    if large:
        small = others.get(SMALL)
        growth = cold / small.measured[OURS].seconds(COLD) if small else None
        yield Target("cold build / that of 10,000", growth, 4.6, "times")
    else:
        yield Target("cold build / mkdocs-material", _ratio(run, cold, MATERIAL), 0.35, "times")
        yield Target("cold build / Hugo and Pagefind", _ratio(run, cold, HUGO), 1.0, "times")
        yield Target("build after an edit / cold", ours.seconds(EDIT) / cold, 0.15, "times")
    yield Target("build after an edit", ours.seconds(EDIT), 8 if large else 3, "s")
    yield Target("build with nothing changed", ours.seconds(UNCHANGED), 3 if large else 1, "s")
    yield Target("check", ours.seconds(CHECK), 6 if large else 2, "s")
    yield Target("memory of all processes", ours.memory(), 3000 if large else 1000, "MB")
    yield Target("a paper page", ours.output.page / 1000, 12, "kB")
    yield Target("the whole site", ours.output.size / 1e6, 700 if large else 180, "MB")
    search = ours.first_search
    yield Target("first search, transferred", search and search / 1000, 1000 if large else 400, "kB")


def _ratio(run: Run, cold: float, other: str) -> float | None:
    return cold / run.measured[other].seconds(COLD) if other in run.measured else None


def load(file: Path) -> dict[int, Run]:
    """The runs that were stored, by their number of papers; none if there is no such file."""
    if not file.exists():
        return {}
    return {run["papers"]: _run(run) for run in json.loads(file.read_text(encoding="utf-8"))}


def store(file: Path, runs: Mapping[int, Run]) -> None:
    """Write all runs as JSON."""
    ordered = [asdict(runs[papers]) for papers in sorted(runs)]
    file.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")


def _run(data: dict[str, Any]) -> Run:
    return Run(**{**data, "measured": {name: _measured(each) for name, each in data["measured"].items()}})


def _measured(data: dict[str, Any]) -> Measured:
    costs = {step: tuple(Cost(**cost) for cost in found) for step, found in data["costs"].items()}
    return Measured(costs, Output(**data["output"]), data["first_search"])

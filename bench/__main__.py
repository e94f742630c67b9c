"""Build sites of many papers with several site generators, and tell what it costs."""

import os
import platform
import pstats
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import click
import psutil

from bench import browser, measure, papers, project, report, results
from bench.contenders import Command, Contender, contenders

ROOT = Path(__file__).parent.parent
STORED = ROOT / "bench/results.json"
PAGE = ROOT / "BENCHMARKS.md"
REAL_WORDS = "neural network"
PACKAGES = ("mkdocs", "mkdocs-material", "zensical", "hugo", "pagefind-bin")
PROFILED = ("-m", "papershelf", "-C", "project", "build", "--quiet")


@click.command()
@click.option("--papers", "count", type=click.IntRange(1), default=2000, show_default=True, help="How many.")
@click.option(
    "--jsonl",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Real papers as paperlists gives them, one JSON object a line, .xz or not; without: made-up ones.",
)
@click.option("--seed", default=1, show_default=True, help="Of the fabricated papers.")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="Builds of each sort.")
@click.option("--only", multiple=True, help="Name of a site generator; may be repeated. Without: all.")
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "build/bench",
    help="Where to build; emptied before and afterwards.",
)
@click.option("--profile", is_flag=True, help="Profile one cold build of Papershelf instead.")
@click.option("--publish", is_flag=True, help="Put the results into BENCHMARKS.md and bench/results.json.")
def main(  # noqa: PLR0913 - the options
    *,
    count: int,
    jsonl: Path | None,
    seed: int,
    rounds: int,
    only: tuple[str, ...],
    work: Path,
    profile: bool,
    publish: bool,
) -> None:
    """Measure builds: cold, after one edit, and with nothing changed."""
    listings, words = papers.fabricate(count, seed)
    if jsonl:
        listings = papers.read(jsonl, count)
    number = sum(map(len, listings.values()))
    query = REAL_WORDS if jsonl else f"{words[20]} {words[300]}"
    shutil.rmtree(work, ignore_errors=True)
    pages = project.markdown(project.make(work / "pages", listings, words))
    known = [each for each in contenders(listings, words, pages) if not only or each.name in only]
    if profile:
        _profile(known[0], work.absolute())
        return
    measured = _measure(known, rounds, work.absolute(), query)
    command = f"python -m bench {' '.join(_plain(argument) for argument in sys.argv[1:])}".strip()
    run = results.Run(number, command, _machine(), measured)
    runs = results.load(STORED) | {number: run}
    click.echo(report.section(run, runs))
    if publish:
        results.store(STORED, runs)
        report.replace(PAGE, report.markdown(runs))
    shutil.rmtree(work)


def _plain(argument: str) -> str:
    """An argument without the folders of this machine."""
    return Path(argument).name if "/" in argument else argument


def _measure(known: Sequence[Contender], rounds: int, work: Path, query: str) -> dict[str, results.Measured]:
    """Each round builds with every generator in turn, in a folder of its own."""
    costs: dict[str, defaultdict[str, list[measure.Cost]]] = {each.name: defaultdict(list) for each in known}
    folders: dict[str, Path] = {}
    for number in range(1, rounds + 1):
        for each in known:
            folder = folders[each.name] = work / f"{number}-{each.name.replace(' ', '-')}"
            folder.mkdir()
            each.prepare(folder)
            for step, commands in _steps(each, folder, number):
                click.echo(f"Round {number}: {each.name}, {step}", err=True)
                costs[each.name][step].append(measure.run(commands, folder, each.environment))
    return {
        each.name: results.Measured(
            {step: tuple(values) for step, values in costs[each.name].items()},
            measure.output(folders[each.name] / each.site),
            browser.first_search(folders[each.name] / each.site, query)
            if each.name == results.OURS
            else None,
        )
        for each in known
    }


def _steps(each: Contender, folder: Path, number: int) -> Iterator[tuple[str, Sequence[Command]]]:
    """What is measured, in order; what is in between is not."""
    yield results.COLD, each.commands
    each.edit(folder, number)
    yield results.EDIT, each.commands
    yield results.UNCHANGED, each.commands
    if each.check:
        yield results.CHECK, each.check


def _profile(each: Contender, work: Path) -> None:
    """Where a cold build spends its time, in the process that leads it."""
    folder = work / "profile"
    folder.mkdir()
    each.prepare(folder)
    measure.run([(sys.executable, "-m", "cProfile", "-o", "profile.out", *PROFILED)], folder, {})
    stats = pstats.Stats(str(folder / "profile.out"))
    stats.sort_stats("cumulative").print_stats(40)
    click.echo(f"All of it: {folder / 'profile.out'}")


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}, "
        f"Python {platform.python_version()}, {packages}"
    )


if __name__ == "__main__":
    main()

"""The benchmark's papers, its arithmetic, and the work a build does: counts, never seconds."""

import json
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest

from bench import papers, project, report, results
from bench.measure import Cost, Output
from papershelf import build
from papershelf.core.project import Project
from support.people import named

COUNT = 500


@pytest.fixture(scope="module")
def reading_list(tmp_path_factory: pytest.TempPathFactory) -> Project:
    listings, words = papers.fabricate(COUNT, seed=1)
    return project.make(tmp_path_factory.mktemp("bench") / "project", listings, words)


def test_a_seed_always_gives_the_same_papers_and_another_gives_others() -> None:
    assert papers.fabricate(50, seed=3) == papers.fabricate(50, seed=3)
    assert papers.fabricate(50, seed=3) != papers.fabricate(50, seed=4)


def test_fabricated_papers_are_as_long_and_as_linked_as_real_ones() -> None:
    listings, words = papers.fabricate(COUNT, seed=1)
    records = [record for found in listings.values() for record in found]
    assert len({record.id for record in records}) == COUNT
    assert mean(len(record.title.split()) for record in records) == pytest.approx(9, abs=1)
    assert mean(len((record.abstract or "").split()) for record in records) == pytest.approx(170, abs=10)
    assert mean(bool(record.code) for record in records) == pytest.approx(0.2, abs=0.05)
    assert len(words) == len(set(words)) == papers.VOCABULARY


def test_papers_are_read_from_json_lines(tmp_path: Path) -> None:
    lines = [
        {"listing": "tea2024", "title": "On Kettles", "author": "Ada Fern;Bo Moss", "abstract": "They boil."},
        {"listing": "tea2024", "title": "On Kettles", "github": "https://github.com/ada/kettle"},
        {"listing": "pots", "title": "On Pots", "site": "no address"},
    ]
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = {listing.title: records for listing, records in papers.read(file, None).items()}
    assert [record.id for record in found["tea2024"]] == ["on-kettles", "on-kettles-2"]
    assert found["tea2024"][0].authors == named("Ada Fern", "Bo Moss")
    assert found["tea2024"][1].code[0].url == "https://github.com/ada/kettle"
    assert found["pots"][0].url is None
    assert sum(map(len, papers.read(file, 2).values())) == 2


def test_a_build_does_only_the_work_that_an_edit_asks_for(reading_list: Project) -> None:
    def built() -> build.Report:
        return build.build(reading_list, lambda _: None)

    first = built()
    assert not first.failed
    assert first.papers == first.searchable == COUNT
    assert first.rendered == first.pages < first.written  # the theme's files and the site map besides
    assert (built().rendered, built().written) == (0, 0)
    curated = next(iter(papers.fabricate(COUNT, seed=1)[0].values()))[0].id
    project.edit(reading_list.root, curated, 1)
    edited = built()
    assert 1 <= edited.rendered <= 12  # its page, and the pages that list it: topics, edition, archive, home
    assert 1 <= edited.written <= 12


def test_targets_are_told_from_the_medians() -> None:
    def measured(cold: float) -> results.Measured:
        steps = {step: (Cost(cold, cold, 100),) * 3 for step in results.STEPS}
        return results.Measured(steps, Output(1_000_000, 10, 9000), 200_000)

    known = {results.OURS: measured(3), results.MATERIAL: measured(10)}
    run = results.Run(10_000, "python -m bench", "a machine", known)
    verdicts = {target.what: target.verdict for target in results.targets(run, {})}
    assert verdicts["cold build / mkdocs-material"] == "holds"
    assert verdicts["cold build / Hugo and Pagefind"] == "not measured"
    assert verdicts["build after an edit / cold"] == "MISSED"
    without_us = replace(run, measured={results.MATERIAL: measured(10)})
    assert not list(results.targets(without_us, {}))


def test_stored_runs_come_back_and_replace_only_the_results(tmp_path: Path) -> None:
    costs = {results.COLD: (Cost(1.5, 2, 30), Cost(2.5, 2, 30)), results.EDIT: (Cost(1, 1, 1),)}
    steps = costs | dict.fromkeys((results.UNCHANGED, results.CHECK), (Cost(1, 1, 1),))
    run = results.Run(
        7, "python -m bench", "a machine", {results.OURS: results.Measured(steps, Output(1, 2, 3))}
    )
    results.store(tmp_path / "results.json", {7: run})
    assert results.load(tmp_path / "results.json") == {7: run}
    page = tmp_path / "BENCHMARKS.md"
    page.write_text(f"Before.\n{report.BEGIN}\nstale\n{report.END}\nAfter.\n")
    report.replace(page, report.markdown({7: run}))
    text = page.read_text()
    assert text.startswith("Before.\n")
    assert text.endswith("After.\n")
    assert "stale" not in text
    assert "| Papershelf | 2.00 s (1.50 to 2.50) | 1.00 s |" in text

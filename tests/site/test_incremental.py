"""A build after any edits gives the bytes of a build from scratch, and does only the work that they ask for.

`PAPERSHELF_SEQUENCES=500 pytest tests/test_incremental.py` tries 500 random sequences
of edits instead of a few.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from papershelf.build import Report, build
from papershelf.core.problems import GeneratorError
from papershelf.core.project import Project
from papershelf.incremental import own_folders
from papershelf.incremental.staging import lock
from papershelf.library import related
from support.project import ROOT, SMALL, child_environment, copy_project

assert related  # loaded once: the processes that look for related papers begin as copies of this one

SEQUENCES = int(os.environ.get("PAPERSHELF_SEQUENCES", "1"))
WORDS = ("tulip", "kitchen", "garden", "soup", "*spade*", "[rake]", "<b>", "naïve", "x_y")
PAPERS = "daily-papers-2025-03-05"
SECOND = "daily-papers-undated"
TITLES = ("Tulips & soup", "A <list>", "Naïve *gardens*")
FRAMES: dict[bytes, bytes] = {}  # as builds cached them, by the settings and templates they are made of


def make(project: Project) -> Report:
    return build(project, lambda _: None)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def framed(project: Project) -> Report:
    """Build with frames that another sequence had made for the same settings and templates, if one did.

    They are remembered under a key of all that they depend on: those of other settings would not be taken.
    """
    files = [project.root / "site_config.yml", *sorted(project.templates.rglob("*"))]
    looks = b"".join(path.name.encode() + path.read_bytes() for path in files if path.is_file())
    shell = project.cache / "shell"
    if looks in FRAMES:
        with lock(project.build):
            project.cache.mkdir(exist_ok=True)
            shell.write_bytes(FRAMES[looks])
    report = make(project)
    if shell.exists():
        FRAMES[looks] = shell.read_bytes()
    return report


def from_scratch(
    project: Project, folder: Path, build_it: Callable[[Project], Report] = make
) -> dict[str, bytes]:
    """The site of the same content in a folder where nothing was ever built."""
    folder.mkdir()
    for name in ("site_config.yml", "content", "templates"):
        if (project.root / name).is_dir():
            shutil.copytree(project.root / name, folder / name)
        elif (project.root / name).exists():
            shutil.copyfile(project.root / name, folder / name)
    report = build_it(Project(folder))
    assert not report.failed, report.problems
    return bytes_of(folder / "site")


@pytest.fixture
def small(tmp_path: Path) -> Project:
    copy_project(tmp_path / "small", content=SMALL)
    shutil.rmtree(tmp_path / "small" / "templates")
    return Project(tmp_path / "small")


# Edits, as a curator, a maintainer and a careless person make them


def some(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 5)))


def lines(project: Project, name: str) -> list[dict[str, object]]:
    path = project.content / "papers" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def write_lines(project: Project, name: str, records: list[dict[str, object]]) -> None:
    text = "".join(f"{json.dumps(record)}\n" for record in records)
    (project.content / "papers" / f"{name}.jsonl").write_text(text, encoding="utf-8")


def ids(project: Project) -> list[str]:
    found = {str(line["id"]) for name in (PAPERS, SECOND) for line in lines(project, name)[1:]}
    return sorted(found)


def decide(project: Project, chance: random.Random) -> None:
    chosen = chance.sample(ids(project), k=chance.randint(0, 3))
    decisions = [
        {
            "paper": paper,
            **chance.choice(
                (
                    {"summary": some(chance)},
                    {"note": f"*Read* {chance.random()}"},
                    {"hide": True},
                    {"topics": [chance.choice(("gardens", "kitchens"))]},
                    {"slug": f"renamed-{chance.randint(1, 9)}-{number}"},
                    {"title": some(chance)},
                    {"published": f"20{chance.randint(10, 25)}-0{chance.randint(1, 9)}-11"},
                )
            ),
        }
        for number, paper in enumerate(chosen)
    ]
    text = yaml.safe_dump(decisions, allow_unicode=True) if decisions else "[]\n"
    (project.content / "curation" / "first.yml").write_text(text, encoding="utf-8")


def add_paper(project: Project, chance: random.Random) -> None:
    name = chance.choice((PAPERS, SECOND))
    there = lines(project, name)
    new = {
        "id": f"new-{chance.randint(1, 999)}",
        "title": some(chance),
        "abstract": some(chance),
        "position": len(there) + chance.randint(0, 5),
    }
    if new["id"] not in ids(project):
        write_lines(project, name, [*there, new])


def change_paper(project: Project, chance: random.Random) -> None:
    there = lines(project, PAPERS)
    there[chance.randrange(1, len(there))] |= {
        "title": some(chance),
        "abstract": some(chance),
        "code": [{"url": f"https://github.com/a/{chance.randint(1, 3)}", "kind": "repository"}],
    }
    write_lines(project, PAPERS, there)


def remove_paper(project: Project, chance: random.Random) -> None:
    there = lines(project, PAPERS)
    if len(there) > 2:
        del there[chance.randrange(1, len(there))]
    write_lines(project, PAPERS, there)
    shutil.rmtree(project.content / "collections", ignore_errors=True)
    decide(project, chance)


def change_topics(project: Project, chance: random.Random) -> None:
    path = project.content / "topics.yml"
    topics = yaml.safe_load(path.read_text("utf-8"))
    topics[0] |= {"title": some(chance), "rules": [{"weight": 3, "phrases": [chance.choice(WORDS[:4])]}]}
    path.write_text(yaml.safe_dump(topics, allow_unicode=True), encoding="utf-8")


def change_collections(project: Project, chance: random.Random) -> None:
    """A reading path comes, goes, or leads elsewhere."""
    path = project.content / "collections" / f"path-{chance.randint(1, 2)}.yml"
    path.parent.mkdir(exist_ok=True)
    steps = chance.sample(ids(project), k=chance.randint(0, 3))
    if steps:
        papers = [{"paper": paper, "note": some(chance)} for paper in steps]
        text = yaml.safe_dump({"title": some(chance), "papers": papers}, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def change_settings(project: Project, chance: random.Random) -> None:
    path = project.root / "site_config.yml"
    settings = yaml.safe_load(path.read_text("utf-8"))
    settings |= chance.choice(
        (
            {"title": chance.choice(TITLES)},
            {"description": chance.choice(TITLES)},
            {"pages": {"size": chance.randint(5, 7)}},
            {"publish": {"markdown": chance.choice(("all", "papers", "none"))}},
            {"url": f"https://example.org/{chance.randint(1, 3)}/"},
        )
    )
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


def change_template(project: Project, chance: random.Random) -> None:
    name = chance.choice(("paper.md", "papers.md", "home.md", "overrides/404.html", "overrides/main.html"))
    shipped = (ROOT / "templates" / name).read_text("utf-8")
    target = project.templates / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"{shipped}\n<!-- {chance.randint(1, 2)} -->\n", encoding="utf-8")


def forget_template(project: Project, _: random.Random) -> None:
    shutil.rmtree(project.templates, ignore_errors=True)


def write_page(project: Project, chance: random.Random) -> None:
    text = f"# {some(chance)}\n\nSee [topics](../topics/index.md#ps-title).\n"
    (project.content / "pages" / f"page-{chance.randint(1, 2)}.md").write_text(text, encoding="utf-8")


def remove_page(project: Project, chance: random.Random) -> None:
    (project.content / "pages" / f"page-{chance.randint(1, 2)}.md").unlink(missing_ok=True)


def break_a_link(project: Project, _: random.Random) -> None:
    (project.content / "pages" / "page-1.md").write_text("[x](../papers/gone/index.md)\n", encoding="utf-8")


def lose_something(project: Project, chance: random.Random) -> None:
    """What may be deleted at any time is deleted, in part or whole."""
    folder = chance.choice((project.build, project.cache, project.spare, project.site))
    there = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []
    if chance.random() < 0.3 or not there:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        chance.choice([path for path in there if path.name != own_folders.TAG]).unlink()


def damage_something(project: Project, chance: random.Random) -> None:
    """A file that a build made is cut off, changed, or stands where none was."""
    for folder in (project.cache, project.site, project.site / "pagefind"):
        there = sorted(path for path in folder.glob("*") if path.is_file())
        if there:
            path = chance.choice(there)
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(chance.choice((content[: len(content) // 2], b"", content + b"x")))
    if project.site.exists():
        (project.site / "stray.html").write_text("stray", encoding="utf-8")


EDITS: tuple[Callable[[Project, random.Random], None], ...] = (
    *(decide, decide, decide, add_paper, change_paper, remove_paper, change_topics),
    *(change_collections, change_collections),
    *(change_settings, change_template, forget_template, write_page, remove_page, break_a_link),
    *(lose_something, damage_something),
)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_any_edits_lead_to_the_bytes_of_a_build_from_scratch(
    small: Project, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    make_other = make if seed % 10 == 0 else framed
    framed(small)
    for number in range(chance.randint(1, 4)):
        for edit in chance.choices(EDITS, k=chance.randint(1, 3)):
            edit(small, chance)
        before = bytes_of(small.site) if small.site.exists() else {}
        report = framed(small)
        after = bytes_of(small.site) if small.site.exists() else {}
        if report.failed:
            assert after == before
            remove_page(small, chance)
            (small.content / "pages" / "page-1.md").unlink(missing_ok=True)
        else:
            assert after == from_scratch(small, tmp_path / f"scratch-{number}", make_other)


# Work done


def pages_that_differ(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    names = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    return {name.removesuffix(".md").removesuffix(".html") for name in names if "pagefind" not in name}


def test_nothing_changed_is_nothing_done(small: Project) -> None:
    first = make(small)
    stamp = small.site.stat().st_ino
    second = make(small)
    assert (first.rendered, first.pages) == (first.pages, first.pages)
    assert (second.rendered, second.written) == (0, 0)
    assert (second.papers, second.pages, second.searchable) == (first.papers, first.pages, first.searchable)
    assert second.problems == first.problems
    assert small.site.stat().st_ino == stamp


def test_one_summary_renders_and_writes_only_the_pages_that_show_it(small: Project) -> None:
    make(small)
    for summary in ("Tulips, counted again.", "Tulips, counted a third time.", "And a fourth."):
        before = bytes_of(small.site)
        (small.content / "curation" / "first.yml").write_text(
            f"- paper: counting-tulips\n  summary: {summary}\n", encoding="utf-8"
        )
        report = make(small)
        changed = pages_that_differ(before, bytes_of(small.site))
        assert "papers/counting-tulips/index" in changed
        assert "papers/soup-is-all-you-need/index" not in changed
        assert report.written == len(changed)
        assert report.rendered <= len(changed) + 1


def test_a_line_that_moves_changes_nothing(small: Project) -> None:
    first = small.content / "curation" / "first.yml"
    make(small)
    before = bytes_of(small.site)
    first.write_text(f"# A remark.\n\n{first.read_text('utf-8')}", encoding="utf-8")
    report = make(small)
    assert (report.rendered, report.written) == (0, 0)
    assert bytes_of(small.site) == before


@pytest.mark.parametrize("stamps", [True, False], ids=["times kept", "times new"])
def test_a_project_copied_with_what_builds_remember_is_built_like_the_original(
    small: Project, tmp_path: Path, *, stamps: bool
) -> None:
    make(small)
    (small.content / "curation" / "first.yml").write_text("- paper: counting-tulips\n  summary: One.\n")
    whole = make(small)
    copy = Project(tmp_path / "copy")
    shutil.copytree(small.root, copy.root, copy_function=shutil.copy2 if stamps else shutil.copyfile)
    assert make(copy).rendered == 0
    assert make(copy).rendered == 0

    changed = copy.site / "papers" / "counting-tulips" / "index.html"
    changed.write_bytes(changed.read_bytes().replace(b"One.", b"Two."))
    (copy.content / "curation" / "first.yml").write_text("- paper: counting-tulips\n  summary: Three.\n")
    again = Project(tmp_path / "again")
    shutil.copytree(copy.root, again.root, copy_function=shutil.copy2 if stamps else shutil.copyfile)
    report = make(again)
    assert 1 <= report.rendered < whole.pages / 2
    assert bytes_of(again.site) == from_scratch(again, tmp_path / "scratch")


def test_a_published_file_is_replaced_and_never_written_to(small: Project) -> None:
    make(small)
    page = small.site / "papers" / "counting-tulips" / "index.html"
    with page.open("rb") as opened:
        before = opened.read()
        for summary in ("One.", "Two.", "Three."):
            (small.content / "curation" / "first.yml").write_text(
                f"- paper: counting-tulips\n  summary: {summary}\n", encoding="utf-8"
            )
            make(small)
            opened.seek(0)
            assert opened.read() == before
    assert page.read_bytes() != before


SPAWNING = """
import sys
from pathlib import Path
from papershelf.incremental import workers
workers.CAN_FORK = False
from papershelf import plan
from papershelf.build import build
from papershelf.core.project import Project
plan._MIN_PARALLEL_PAGES = plan._MIN_PARALLEL_EXPORTS = 2
print(build(Project(Path(sys.argv[1])), lambda _: None).failed)
"""


def test_processes_that_cannot_fork_make_the_same_site(tmp_path: Path) -> None:
    spawned, forked = (Project(copy_project(tmp_path / name, SMALL)) for name in ("spawned", "forked"))
    command = [sys.executable, "-c", SPAWNING, str(spawned.root)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=child_environment())
    assert (ran.stdout, ran.stderr) == ("False\n", "")
    make(forked)
    assert bytes_of(spawned.site) == bytes_of(forked.site)


@pytest.mark.parametrize("name", ["build/cache/shell", "build/cache/manifest", "build/.lock"])
def test_a_folder_in_place_of_a_file_of_the_build_is_no_end(tmp_path: Path, name: str) -> None:
    project = Project(copy_project(tmp_path / "list", SMALL))
    make(project)
    site = bytes_of(project.site)
    (project.root / name).unlink()
    (project.root / name).mkdir()
    if name.endswith(".lock"):
        with pytest.raises(GeneratorError, match="lock cannot be locked"):
            make(project)
    else:
        (project.content / "pages/more.md").write_text("# More\n", "utf-8")
        assert not make(project).failed
        assert site.keys() < bytes_of(project.site).keys()


def test_a_file_in_place_of_the_spare_folder_is_removed(tmp_path: Path) -> None:
    project = Project(copy_project(tmp_path / "list", SMALL))
    make(project)
    project.spare.write_text("in the way", "utf-8")
    (project.content / "pages/more.md").write_text("# More\n", "utf-8")
    assert not make(project).failed

"""A link between pages that leads nowhere is told at its file and line, and nothing is published."""

from pathlib import Path

import pytest

from papershelf.build import build
from papershelf.core.project import Project
from support.project import ROOT, copy_project


@pytest.mark.parametrize(
    ("link", "complaint"),
    [
        ("[x](nowhere.md)", "'nowhere.md' leads to no page of this site"),
        ("[x](../topics/index.md#gone)", "'../topics/index.md#gone' leads to an anchor"),
        ("[x](#gone)", "'#gone' leads to an anchor"),
        ("[x](/topics/)", "'/topics/' leads to no page"),
        ("[x](../topics/)", "'../topics/' leads to no page"),
        ("![x](picture.png)", "'picture.png' leads to no page"),
        ("[x](../../outside/index.md)", "'../../outside/index.md' leads to no page"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_problem_at_its_line(
    tmp_path: Path, link: str, complaint: str
) -> None:
    project = Project(copy_project(tmp_path / "small", content=ROOT / "tests" / "small"))
    page = project.content / "pages" / "help.md"
    page.write_text(f"# Help\n\nSee [topics](../topics/index.md#ps-title), {link}.\n", encoding="utf-8")
    report = build(project, lambda _: None)
    assert [(p.at.file, p.at.line) for p in report.problems] == [("content/pages/help.md", 3)]
    assert complaint in report.problems[0].message
    assert not project.site.exists()

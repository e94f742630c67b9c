"""Saved answers of services on their way into content/papers/."""

from pathlib import Path

import pytest

from papershelf.core.problems import has_errors
from papershelf.importing import ImportOptions, ImportPlan, import_files
from support.service_documents import DOCUMENTS, dumped, hugging_face_page, hugging_face_paper, rss


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "project" / "content"


def imported(content: Path, name: str, text: str) -> ImportPlan:
    file = content.parent.parent / name
    file.write_text(text, "utf-8")
    return import_files(content, [file], ImportOptions())


def test_a_page_and_the_api_update_one_listing(content: Path) -> None:
    papers = [hugging_face_paper()]
    (first,) = imported(content, "day.html", hugging_face_page(papers)).files
    (second,) = imported(content, "answer.json", dumped(papers)).files
    assert (first.listing.id, first.change) == ("daily-papers-2026-03-14", "new")
    assert (second.listing.id, second.change) == ("daily-papers-2026-03-14", "same")
    assert [path.name for path in (content / "papers").iterdir()] == ["daily-papers-2026-03-14.jsonl"]


def test_a_weekend_is_no_error(content: Path) -> None:
    for name, text in {"rss.xml": rss(), "day.json": "[]"}.items():
        plan = imported(content, name, text)
        assert len(plan.problems) == 1
        assert not has_errors(plan.problems)
        assert not plan.files


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_document_becomes_records(name: str, content: Path) -> None:
    (planned,) = imported(content, *DOCUMENTS[name]).files
    assert planned.listing.format == name
    assert planned.records

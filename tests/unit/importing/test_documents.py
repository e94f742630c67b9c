"""What an import reads: files, folders and archives, all of it or said to be left out."""

import io
import zipfile
from pathlib import Path

import pytest

from papershelf.core.problems import GeneratorError, Problem
from papershelf.importing.documents import MAX_BYTES, SourceDocument, read_documents


def documents(*paths: Path) -> list[SourceDocument]:
    found = list(read_documents(paths))
    assert not [each for each in found if isinstance(each, Problem)]
    return [each for each in found if isinstance(each, SourceDocument)]


def problems(path: Path) -> list[str]:
    return [str(each) for each in read_documents([path]) if isinstance(each, Problem)]


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_folder_gives_its_files_in_order_without_hidden_ones_and_links(tmp_path: Path) -> None:
    outside = tmp_path / "outside.bib"
    outside.write_bytes(b"outside")
    folder = tmp_path / "papers"
    (folder / "more").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("b.bib", "more/c.ris", ".hidden", ".git/config"):
        (folder / name).write_bytes(name.encode())
    (folder / "a.bib").symlink_to(outside)
    assert documents(folder) == [
        SourceDocument(str(folder / "b.bib"), b"b.bib", is_member=True),
        SourceDocument(str(folder / "more/c.ris"), b"more/c.ris", is_member=True),
    ]


def test_an_archive_is_known_by_its_content(tmp_path: Path) -> None:
    path = packed(tmp_path / "papers.dat", {"one": b"1", "inner/two": b"2", "__MACOSX/._one": b"3"})
    assert documents(path) == [
        SourceDocument(f"{path}/one", b"1", is_member=True),
        SourceDocument(f"{path}/inner/two", b"2", is_member=True),
    ]


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"text")))
    assert documents(Path("-")) == [SourceDocument("standard input", b"text")]


def test_an_archive_that_unpacks_to_too_much_is_read_up_to_there(tmp_path: Path) -> None:
    path = packed(tmp_path / "bomb.zip", {"a": b"first", "b": b"\0" * (MAX_BYTES + 1), "c": b"last"})
    first, problem = read_documents([path])
    assert first == SourceDocument(f"{path}/a", b"first", is_member=True)
    assert isinstance(problem, Problem)
    assert problem.message == "b and what follows were not read"


def test_a_spreadsheet_is_to_be_saved_as_csv(tmp_path: Path) -> None:
    path = packed(tmp_path / "table.xlsx", {"[Content_Types].xml": b"", "xl/sheet.xml": b""})
    assert problems(path) == [f"{path}: a spreadsheet or text document is not read (save it as CSV)"]


@pytest.mark.parametrize("cut", [4, 30, -5])
def test_a_damaged_archive_is_a_problem(tmp_path: Path, cut: int) -> None:
    path = packed(tmp_path / "papers.zip", {"one": b"content"})
    path.write_bytes(path.read_bytes()[:cut])
    (problem,) = problems(path)
    assert problem.startswith(f"{path}: the archive cannot be unpacked: ")


def test_a_file_that_is_too_large_is_left_out_of_a_folder_and_refused_alone(tmp_path: Path) -> None:
    large = tmp_path / "large.bib"
    large.write_bytes(b" " * (MAX_BYTES + 1))
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{large}: warning: left out: {large} is too large: at most 20 MB")
    with pytest.raises(GeneratorError, match="at most 20 MB"):
        documents(large)

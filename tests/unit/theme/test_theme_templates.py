"""Own templates win one by one, and none that nothing uses any more goes unnoticed."""

from pathlib import Path

import pytest

from papershelf.core.problems import GeneratorError
from papershelf.theme import templates as overlay


def test_a_macro_file_wins_alone(tmp_path: Path) -> None:
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros/chart.md").write_text("mine", encoding="utf-8")

    found = dict(overlay.templates(tmp_path))

    assert found["macros/chart.md"] == b"mine"
    assert found["macros/card.md"] == (overlay.shipped() / "macros/card.md").read_bytes()


def test_own_macros_in_one_file_are_an_error_as_no_page_uses_them_any_more(tmp_path: Path) -> None:
    (tmp_path / "macros.md").write_text("mine", encoding="utf-8")

    with pytest.raises(GeneratorError, match=r"macros\.md is not used any more: move its macros to"):
        dict(overlay.templates(tmp_path))

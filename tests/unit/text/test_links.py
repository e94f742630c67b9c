from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from papershelf.core.model import WebUrl
from papershelf.text.links import canonical, find, key, kind, repository, without_debris

DAMAGED = {
    "See https://github.com/ann/tool.": ["https://github.com/ann/tool"],
    "(code: https://github.com/ann/tool),": ["https://github.com/ann/tool"],
    "“https://github.com/ann/tool”": ["https://github.com/ann/tool"],
    "at https://github.com/ann/Cr-KD{here}.": ["https://github.com/ann/Cr-KD"],
    "https://github.com/ann/Op{https://github.com/ann/Op}.": ["https://github.com/ann/Op"],
    "our https://github.com/ann/tool{code}, and https://pypi.org/project/tool/{python package}.": [
        "https://github.com/ann/tool",
        "https://pypi.org/project/tool",
    ],
    r"\url{https://ann.github.io/my\_page/}": ["https://ann.github.io/my_page"],
    r"\href{https://github.com/ann/tool.git}{github.com/Ann/Tool}": ["https://github.com/ann/tool"],
    r"https://www.cs.example.edu/\~{}ann/tool": ["https://www.cs.example.edu/~ann/tool"],
    "[our code](https://github.com/ann/tool) is there": ["https://github.com/ann/tool"],
    "[https://ann.github.io](https://ann.github.io)": ["https://ann.github.io"],
    "<https://github.com/ann/tool>": ["https://github.com/ann/tool"],
    "**https://github.com/ann/tool**": ["https://github.com/ann/tool"],
    "found at github.com/ann/TP4.": ["https://github.com/ann/TP4"],
    "found at www.github.com/ann/TP4/": ["https://github.com/ann/TP4"],
    "see ann-lab.github.io, please": ["https://ann-lab.github.io"],
    "http://github.com/ann/tool/": ["https://github.com/ann/tool"],
    "HTTPS://GitHub.com/Ann/Tool": ["https://github.com/Ann/Tool"],
    "https: //github.com/ann/tool": ["https://github.com/ann/tool"],
    "https://github.com/ann/tool/tree/main/sub/": ["https://github.com/ann/tool/tree/main/sub"],
    "https://github.com/ann/a and https://github.com/ann/b)": [
        "https://github.com/ann/a",
        "https://github.com/ann/b",
    ],
    "https://github.com/ann/a,https://github.com/ann/b": [
        "https://github.com/ann/a",
        "https://github.com/ann/b",
    ],
    "https://github.com/ann/tool and https://GitHub.com/Ann/TOOL.git": ["https://github.com/ann/tool"],
    "https://github.com/ann/tool(code)": ["https://github.com/ann/tool"],
    "https://github.com/ann/tool\uff0c代码": ["https://github.com/ann/tool"],
    "https://github.com/ann/to\u200bol": ["https://github.com/ann/tool"],
    "https://zenodo.org/record/12?a=1&amp;b=2": ["https://zenodo.org/record/12?a=1&b=2"],
    "https://unknown.example/a_(b)_c.": ["https://unknown.example/a_(b)_c"],
    "https://unknown.example/path/": ["https://unknown.example/path/"],
    "http://unknown.example:8080/x#part": ["http://unknown.example:8080/x#part"],
    "https://xn--bcher-kva.example/x": ["https://xn--bcher-kva.example/x"],
    "https://bücher.example/x": ["https://bücher.example/x"],
}
NO_LINKS = (
    "and/or",
    "a score of 3.5/4 in main.py",
    "write to ann@lab.github.io",
    "we use GitHub.com and arXiv.org",
    "arXiv: https://arxiv.org/abs/2501.00001",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://",
    "https://github.com",
)
REFUSED = (
    "https://ann@evil.example/x",
    "https://github.com:secret@evil.example/ann/tool",
    "http://localhost:8000/x",
    "https://unknown.example:99999/x",
    "https://unknown.example/" + "x" * 2000,
)
KINDS = {
    "https://github.com/ann/tool": "repository",
    "https://gitlab.com/group/sub/tool/-/tree/main": "repository",
    "https://gitlab.lab.example/ann/tool": "repository",
    "https://codeberg.org/ann/tool": "repository",
    "https://git.sr.ht/~ann/tool": "repository",
    "https://anonymous.4open.science/r/Tool-12/README.md": "repository",
    "https://github.com/ann": "project",
    "https://huggingface.co/datasets/ann/data": "dataset",
    "https://zenodo.org/records/12": "dataset",
    "https://www.kaggle.com/datasets/ann/data": "dataset",
    "https://huggingface.co/ann/model": "model",
    "https://huggingface.co/spaces/ann/app": "demo",
    "https://tool.streamlit.app": "demo",
    "https://colab.research.google.com/drive/12": "notebook",
    "https://www.kaggle.com/code/ann/book": "notebook",
    "https://pypi.org/project/tool": "package",
    "https://www.npmjs.com/package/tool": "package",
    "https://cran.r-project.org/package=tool": "package",
    "https://ann.github.io/tool": "project",
    "https://sites.google.com/view/tool": "project",
    "https://www.cs.example.ac.uk/~ann/tool": "project",
    "https://unknown.example/datasets/tool": "project",
    "https://doi.org/10.1000/182": None,
    "https://openreview.net/forum?id=x": None,
    "no link": None,
}
REPOSITORIES = {
    "https://github.com/Ann/Tool/tree/main/sub": ("Ann/Tool", "https://github.com/Ann/Tool"),
    "https://raw.githubusercontent.com/ann/tool/main/x.py": ("ann/tool", "https://github.com/ann/tool"),
    "https://gitlab.com/group/sub/tool/-/tree/main": ("group/sub/tool", "https://gitlab.com/group/sub/tool"),
    "https://anonymous.4open.science/r/Tool-12/README.md": (
        "Tool-12",
        "https://anonymous.4open.science/r/Tool-12",
    ),
}


@pytest.mark.parametrize(("text", "urls"), DAMAGED.items(), ids=list(DAMAGED))
def test_damaged_links_come_out_clean(text: str, urls: list[str]) -> None:
    found = find(text)
    assert [item.url for item in found] == urls
    assert all(item.link for item in found)


@pytest.mark.parametrize("text", NO_LINKS)
def test_what_does_not_come_with_a_paper_is_not_a_link(text: str) -> None:
    assert not [item.link for item in find(text) if item.link]


@pytest.mark.parametrize("url", REFUSED, ids=lambda url: url[:40])
def test_dangerous_and_broken_links_are_refused_with_a_warning(url: str) -> None:
    (found,) = find(f"Code: {url}.")
    assert found.link is None
    assert found.warning


@pytest.mark.parametrize(("url", "expected"), KINDS.items(), ids=list(KINDS))
def test_the_kind_follows_from_host_and_path(url: str, expected: str | None) -> None:
    assert kind(url) == expected


def test_an_unknown_host_is_kept_with_a_warning() -> None:
    (found,) = find("The data are at https://mirror-of-hub.example/datasets/lab/Data-40M")
    assert found.link is not None
    assert (found.link.url, found.link.kind) == (
        "https://mirror-of-hub.example/datasets/lab/Data-40M",
        "project",
    )
    assert "mirror-of-hub.example" in found.warning


def test_known_hosts_give_no_warning() -> None:
    assert [item.warning for item in find(" ".join(url for url, what in KINDS.items() if what))].count(
        ""
    ) == 21


@pytest.mark.parametrize(("url", "expected"), REPOSITORIES.items(), ids=list(REPOSITORIES))
def test_a_deep_link_belongs_to_its_repository(url: str, expected: tuple[str, str]) -> None:
    place = repository(url)
    assert place
    assert (place.label, place.url) == expected


def test_all_spellings_of_a_repository_share_a_key() -> None:
    one, other = repository("https://github.com/Ann/Tool.git"), repository("github.com/ann/TOOL/blob/main/x")
    assert one
    assert other
    assert one.key == other.key


@pytest.mark.parametrize(
    "url", ["https://github.com/ann", "https://ann.github.io/tool", "https://evil@github.com/a/b", "x"]
)
def test_other_urls_are_not_repositories(url: str) -> None:
    assert repository(url) is None


names = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=20)
repositories = st.builds("https://github.com/{}/{}".format, names, names)
DEBRIS = (".", ",", ")", ").", "{here}.", "{code},", "}", "”.", "'", " and more", "]", "/", ".git", "/).")


@given(repositories, st.sampled_from(["", "(", "“", r"\url{", "Code: ", "<"]), st.sampled_from(DEBRIS))
def test_debris_around_a_repository_never_changes_it(url: str, before: str, after: str) -> None:
    assert [item.url for item in find(f"{before}{url}{after}")] == [url]


@given(st.text(max_size=60), repositories, st.text(max_size=60))
def test_links_found_in_any_text_are_safe(before: str, url: str, after: str) -> None:
    found = find(f"{before} {url} {after}")
    assert key(url) in {key(item.url) for item in found}
    for item in found:
        if item.link:
            parts = urlsplit(item.link.url)
            assert parts.scheme in {"http", "https"}
            assert "@" not in parts.netloc


urls = st.from_regex(TypeAdapter(WebUrl).json_schema()["pattern"], fullmatch=True)


@given(urls)
def test_cleaning_a_link_twice_equals_cleaning_it_once(url: str) -> None:
    clean = canonical(url)
    assert clean is None or canonical(clean) == clean
    assert key(url)


@given(urls)
def test_a_repeated_link_is_found_once(url: str) -> None:
    assert find(f"{url} {url}") == find(url)


@pytest.mark.parametrize("end", [").", "†", "¹", "†,", "¹.", "‡§", "²,³"])
def test_marks_behind_a_repository_are_no_part_of_its_name(end: str) -> None:
    assert [item.url for item in find(f"see https://github.com/ann/tool{end} It")] == [
        "https://github.com/ann/tool"
    ]
    assert without_debris(f"https://github.com/ann/tool{end}") == "https://github.com/ann/tool"
    found = repository(f"https://github.com/ann/tool{end}")
    assert found
    assert found.name == "tool"


def test_an_address_other_than_a_repository_keeps_its_end() -> None:
    assert without_debris("https://tea.example/a_(b).") == "https://tea.example/a_(b)."


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Data: https://doi.org/10.5281/zenodo.123456.", "https://doi.org/10.5281/zenodo.123456"),
        ("(doi:10.5281/zenodo.123456)", "https://doi.org/10.5281/zenodo.123456"),
        ("at DOI: 10.6084/m9.figshare.12.v1, and", "https://doi.org/10.6084/m9.figshare.12.v1"),
        ("in 10.7910/DVN/ABCDEF", "https://doi.org/10.7910/DVN/ABCDEF"),
    ],
)
def test_a_doi_of_data_is_a_link_to_data(text: str, url: str) -> None:
    (found,) = find(text)
    assert found.link
    assert (found.link.url, found.link.kind) == (url, "dataset")


def test_an_address_wrapped_behind_its_host_is_joined_only_at_a_line_break() -> None:
    (joined,) = find("Code: https://github.com/\nann/tool.")
    assert joined.link
    assert joined.link.url == "https://github.com/ann/tool"
    for text in (
        "https://github.com/ ann/tool",
        "https://github.com/\nand/or not",
        "https://github.com/\nsoon",
    ):
        (alone,) = find(text)
        assert alone.link is None
        assert alone.warning == "ends at the host; is its rest on the next line?"

import pytest

from papershelf import exports, pages
from papershelf.content.free_pages import FreePage
from papershelf.core import urls
from papershelf.core.problems import Location
from papershelf.exports import Published
from papershelf.render import templates
from papershelf.views.path_conflicts import path_conflicts
from support import fabricated
from support.fabricated import ABOUT
from support.project import ROOT
from support.site import formats

WORDS = templates.load_words(ROOT / "templates")
BY_HAND = {urls.free(ABOUT.name): ABOUT}


def test_no_two_outputs_of_a_site_have_one_path() -> None:
    context = fabricated.context(WORDS)
    planned = pages.plan(context)
    files = exports.plan(Published(context, planned, 0, formats(context)))
    paths = [output.path for output in (*planned, *files)]
    assert len(paths) > 100
    assert list(path_conflicts(paths, BY_HAND)) == []


def test_a_free_page_at_the_address_of_another_page_is_a_problem_of_its_file() -> None:
    (problem,) = path_conflicts(["about/index.md", "topics/index.md", "about/index.md"], BY_HAND)
    assert problem.at == Location("content/pages/about.md")
    assert problem.message == "2 outputs have the path about/index.html"


def test_a_page_conflicts_with_an_export_of_its_html_file() -> None:
    venues = FreePage("venues", "# Venues\n", "content/pages/venues.md")
    (problem,) = path_conflicts(["venues/index.html", "venues/index.md"], {"venues/index.md": venues})
    assert problem.at == Location("content/pages/venues.md")


def test_outputs_of_plug_ins_that_share_a_path_are_a_problem_of_that_path() -> None:
    (problem,) = path_conflicts(["feeds/new.xml", "feeds/new.xml", "feeds/new.json"], BY_HAND)
    assert problem.at == Location("feeds/new.xml")


def test_paths_that_differ_in_their_case_alone_are_problems() -> None:
    found = [*path_conflicts(["feeds/New.xml", "feeds/new.xml", "feeds/newer.xml"], BY_HAND)]
    assert {str(problem.at) for problem in found} == {"feeds/New.xml", "feeds/new.xml"}


@pytest.mark.parametrize(
    "path",
    [
        "../out",
        "/out",
        "a/../../out",
        "./a.txt",
        "a//b",
        "a/",
        "",
        "a\0b",
        "a\nb",
        "pagefind",
        "pagefind/a.js",
    ],
)
def test_a_path_that_is_not_below_the_site_is_a_problem(path: str) -> None:
    (problem,) = path_conflicts(["topics/index.md", path], {})
    assert problem.message == "no output may have this path"


def test_an_output_in_place_of_a_folder_is_a_problem() -> None:
    (problem,) = path_conflicts(["papers", "papers/x/index.md"], {})
    assert problem.at == Location("papers")
    assert problem.message == "this is the folder of another output"

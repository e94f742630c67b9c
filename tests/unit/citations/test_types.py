"""What sort of publication a paper is: as it is said, or as its venue tells; every format says the same."""

from typing import get_args

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from papershelf.citations import bibtex, csl, ris
from papershelf.citations.work import work
from papershelf.core.model import Paper, WorkType
from support.people import named

VENUES = {
    "article": """
        Neural Computation 1997; Neural Computation; Neural Computation 9(8); Machine Learning 2004;
        Pattern Recognition; Communications of the ACM; PNAS; PNAS 2020; ACM Computing Surveys; ACM
        Computing Surveys 2022; IEEE Access 2023; IEEE Trans. Neural Networks 2009; IEEE
        Transactions on Kettles; SIAM J. Comput. 2010; SIAM Journal on Optimization; Journal of Tea
        4; J. ACM 1999; Comm. ACM; Nature 2015; Science; Nature Machine Intelligence 2020; Mach.
        Learn. 2001; Proceedings of the IEEE 1998; Proceedings of the National Academy of Sciences;
        PVLDB 2023; Proc. VLDB Endow.; Proceedings of the ACM on Programming Languages; Proc. ACM
        Hum. Comput. Interact. 5; Phys. Rev. Lett. 2012; TMLR; JMLR 2022; Transactions on Machine
        Learning Research; Neurocomputing 2023; Entropy 2023; IEEE TPAMI 2020; Distill; Foundations
        and Trends in Machine Learning 2024; Data Mining and Knowledge Discovery 2024
    """,
    "inproceedings": """
        ICML; NeurIPS; ACL; ICML 2024; NeurIPS 2023 (spotlight); ICML'23; NIPS1997; 3DV 2025;
        Findings of EMNLP 2021; Robotics: Science and Systems 2023; Robotics: Science and Systems;
        RSS 2021; CVPR Workshops; ECCV (12); Workshop on Tea; Proceedings of the 3rd Symposium;
        Advances in Neural Information Processing Systems 30; Proceedings of the IEEE/CVF Conference
        on Computer Vision; Proceedings of the ACM Web Conference 2023; 2019 IEEE International
        Conference on Robotics; ACM SIGKDD 2020; Interspeech 2020; USENIX Security 2020; JMLR
        Workshop and Conference Proceedings; Accepted to CVPR 2023; SCAM 2024; Lecture Notes in
        Computer Science; North American Chapter of the Association for Computational Linguistics;
        Computer Vision and Pattern Recognition
    """,
    "incollection": "Handbook of Tea 2020; Encyclopedia of Kettles",
    "thesis": "PhD thesis, University of Tea 2015; Ph.D. thesis; Master's thesis, ETH; Doctoral dissertation",
    "book": "MIT Press 2016; Springer; Cambridge University Press 2004; O'Reilly",
    "report": "Technical report, Tea Lab 2023; Tech. Report; NBER Working Paper",
    "preprint": """
        arXiv; CoRR abs/2401.12340; bioRxiv 2020; Submitted to ICML 2024; ICLR 2024 (withdrawn);
        arXiv preprint arXiv:2401.12340
    """,
    "dataset": "Kaggle 2020",
    "software": "GitHub",
    "misc": "A blog; OpenAI 2023; Press release; Zenodo",
}


def paper(venue: str | None = None, sort: WorkType | None = None, arxiv: str | None = None) -> Paper:
    return Paper(id="tea", title="Tea", authors=named("Ada Fern"), venue=venue, type=sort, arxiv=arxiv)


@pytest.mark.parametrize(
    ("sort", "venue"),
    [(sort, " ".join(name.split())) for sort, names in VENUES.items() for name in names.split(";")],
)
def test_a_venue_tells_what_appears_there(sort: str, venue: str) -> None:
    assert work(paper(venue)).type == sort


@pytest.mark.parametrize(
    ("known", "sort"),
    [
        (paper(arxiv="2401.12340"), "preprint"),
        (paper(), "misc"),
        (paper("ICML 2024", arxiv="2401.12340"), "inproceedings"),
        (paper("ICML 2024", "preprint"), "inproceedings"),
        (paper("A blog", "preprint"), "preprint"),
        (paper("University of Tea", "thesis"), "thesis"),
        (paper("ICML 2024", "misc"), "misc"),
    ],
)
def test_what_is_said_counts_but_what_appeared_at_a_venue_is_no_preprint(known: Paper, sort: str) -> None:
    assert work(known).type == sort


FORMATS: dict[WorkType, tuple[str, str, str, str, str]] = {
    "article": ("article", "journal", "article-journal", "JOUR", "secondary_title"),
    "inproceedings": ("inproceedings", "booktitle", "paper-conference", "CPAPER", "secondary_title"),
    "incollection": ("incollection", "booktitle", "chapter", "CHAP", "secondary_title"),
    "book": ("book", "publisher", "book", "BOOK", "publisher"),
    "thesis": ("phdthesis", "school", "thesis", "THES", "publisher"),
    "report": ("techreport", "institution", "report", "RPRT", "publisher"),
    "preprint": ("misc", "howpublished", "article", "GEN", "publisher"),
    "dataset": ("dataset", "publisher", "dataset", "DATA", "publisher"),
    "software": ("software", "howpublished", "software", "COMP", "publisher"),
    "misc": ("misc", "howpublished", "document", "GEN", "secondary_title"),
}


@pytest.mark.parametrize("sort", get_args(WorkType))
def test_all_formats_agree_on_the_type_and_on_where_it_was_published(sort: WorkType) -> None:
    entry_type, field, item_type, reference_type, tag = FORMATS[sort]
    said = paper("The Tea House", sort)
    (entry,) = parse_string(bibtex(said, "key")).entries
    (record,) = rispy.loads(ris(said, "key"))
    item = csl(said, "key")

    assert (entry.entry_type, entry[field]) == (entry_type, "The Tea House")
    assert (record["type_of_reference"], record[tag]) == (reference_type, "The Tea House")
    assert (item.type, item.container or item.publisher) == (item_type, "The Tea House")
    assert bool(item.container) == (tag == "secondary_title")


@pytest.mark.parametrize(
    ("venue", "entry_type", "field", "publisher", "genre"),
    [
        ("PhD thesis, University of Tea 2015", "phdthesis", "school", "University of Tea", "PhD thesis"),
        (
            "University of Tea, Master's thesis",
            "mastersthesis",
            "school",
            "University of Tea",
            "Master's thesis",
        ),
        ("Technical report, Tea Lab (2015)", "techreport", "institution", "Tea Lab", "Technical report"),
        ("MIT Press 2015", "book", "publisher", "MIT Press", None),
        ("PhD thesis 2015", "phdthesis", "school", None, "PhD thesis"),
    ],
)
def test_who_published_a_work_is_told_from_what_it_is_and_from_the_year(
    venue: str, entry_type: str, field: str, publisher: str | None, genre: str | None
) -> None:
    (entry,) = parse_string(bibtex(paper(venue), "key")).entries
    (record,) = rispy.loads(ris(paper(venue), "key"))
    item = csl(paper(venue), "key")

    assert entry.entry_type == entry_type
    assert [entry.get(name) and entry[name] for name in (field, "type")] == [publisher, genre]
    assert [record.get("publisher"), record.get("type_of_work")] == [publisher, genre]
    assert [item.publisher, item.genre] == [publisher, genre]


def test_a_preprint_names_its_archive() -> None:
    (entry,) = parse_string(bibtex(paper(arxiv="2401.12340"), "key")).entries
    item = csl(paper(arxiv="2401.12340"), "key")

    assert (entry["eprint"], entry["archivePrefix"]) == ("2401.12340", "arXiv")
    assert (item.publisher, item.number) == ("arXiv", "arXiv:2401.12340")

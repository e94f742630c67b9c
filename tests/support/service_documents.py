"""Documents of services in the shapes that they answer in, with values of our own."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any


def hugging_face_paper(**changes: object) -> dict[str, Any]:
    """An item of /api/daily_papers, the fields of its inner object changed."""
    paper = {
        "id": "2603.01234",
        "authors": [
            {"_id": "a", "name": "Ada Fern", "hidden": False},
            {"_id": "b", "name": "Bo Moss", "hidden": False},
            {"_id": "c", "name": "Cy Oak", "hidden": True},
        ],
        "publishedAt": "2026-03-02T23:30:00.000Z",
        "title": "Ferns that\n  Remember Rain",
        "summary": "We water ferns twice\nand ask them once.",
        "upvotes": 12,
        "discussionId": "d",
        "submittedOnDailyAt": "2026-03-14T05:00:00.000Z",
        "githubRepo": "fern-lab/rain",
        "projectPage": "https://rain.github.io/",
        "ai_keywords": ["ferns", "memory"],
    } | changes
    return {
        "paper": {name: value for name, value in paper.items() if value is not None},
        "publishedAt": "2026-03-13T19:30:00.000Z",
        "title": "Ferns that Remember Rain",
        "summary": "We water ferns twice and ask them once.",
        "numComments": 4,
    }


def hugging_face_page(papers: list[dict[str, Any]], **props: object) -> str:
    """The page as a browser saves it."""
    held = json.dumps({"periodType": "day", "dateString": "2026-03-14", "dailyPapers": papers} | props)
    return (
        "<!doctype html>\n<html><head><title>Daily Papers</title></head>\n<body><main>\n"
        f'<div class="contents" data-target="DailyPapers"\n data-props="{escape(held)}"></div></main></body>'
    )


ATOM_HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
 xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/abc</id>
"""


def atom(*entries: str, asked: str = "", total: int | None = None) -> str:
    """An answer of arXiv's API to a question for these ids."""
    return (
        f"{ATOM_HEAD}  <title>arXiv Query: search_query=&amp;id_list={asked}&amp;start=0</title>\n"
        f"  <opensearch:totalResults>{len(entries) if total is None else total}</opensearch:totalResults>\n"
        f"{''.join(entries)}</feed>\n"
    )


def atom_entry(
    identifier: str = "2603.01234v2", *, title: str = "Ferns that Remember Rain", further: str = ""
) -> str:
    """An entry that begins a line."""
    return f"""  <entry>
    <id>http://arxiv.org/abs/{identifier}</id>
    <title>{title}</title>
    <updated>2026-04-01T10:00:00Z</updated>
    <link href="https://arxiv.org/abs/{identifier}" rel="alternate" type="text/html"/>
    <summary>We water ferns.</summary>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <category term="q-bio.NC" scheme="http://arxiv.org/schemas/atom"/>
    <published>2026-03-02T23:30:00Z</published>
    <arxiv:primary_category term="q-bio.NC"/>
    <author><name>Ada Fern</name><arxiv:affiliation>Greenhouse</arxiv:affiliation></author>
    <author><name>Bo Moss</name></author>
    {further}
  </entry>
"""


def rss(*items: str) -> str:
    """What arXiv announced on 16 March 2026 in cs.NI."""
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
 <channel>
  <title>cs.NI updates on arXiv.org</title>
  <link>http://rss.arxiv.org/rss/cs.NI</link>
  <pubDate>Mon, 16 Mar 2026 00:00:00 -0400</pubDate>
  <skipDays><day>Saturday</day><day>Sunday</day></skipDays>
{"".join(items)} </channel>
</rss>
"""


def rss_item(announced: str = "new", identifier: str = "2603.04321") -> str:
    """An item that begins a line."""
    return f"""  <item>
   <title>Moss as a Router</title>
   <link>https://arxiv.org/abs/{identifier}</link>
   <description>arXiv:{identifier}v1 Announce Type: {announced}
Abstract: Moss forwards packets.</description>
   <guid isPermaLink="false">oai:arXiv.org:{identifier}v1</guid>
   <category>cs.NI</category>
   <category>cs.DC</category>
   <pubDate>Mon, 16 Mar 2026 00:00:00 -0400</pubDate>
   <arxiv:announce_type>{announced}</arxiv:announce_type>
   <dc:creator>Ada Fern, Bo Moss, Jr., Cy Oak</dc:creator>
  </item>
"""


def openalex_work(**changes: object) -> dict[str, Any]:
    """A printed article with a preprint."""
    journal = {
        "landing_page_url": "https://doi.org/10.1000/fern.7",
        "pdf_url": None,
        "source": {"display_name": "Journal of Ferns", "type": "journal"},
    }
    preprint = {
        "landing_page_url": "http://arxiv.org/abs/2603.01234",
        "pdf_url": "https://arxiv.org/pdf/2603.01234",
        "source": {"display_name": "arXiv (Cornell University)", "type": "repository"},
    }
    return {
        "id": "https://openalex.org/W1",
        "doi": "https://doi.org/10.1000/fern.7",
        "title": "Ferns that Remember Rain",
        "publication_year": 2026,
        "publication_date": "2026-05-04",
        "type": "article",
        "type_crossref": "journal-article",
        "primary_location": journal,
        "best_oa_location": preprint,
        "locations": [journal, preprint],
        "authorships": [
            {"author": {"display_name": "Ada Farn"}, "raw_author_name": "Ada Fern"},
            {"author": {"display_name": "Bo Moss"}},
        ],
        "primary_topic": {"display_name": "Plant Memory"},
        "keywords": [{"display_name": "Fern"}],
        "is_retracted": False,
        "abstract_inverted_index": {"Ferns": [0, 3], "see": [1], "other": [2]},
    } | changes


def crossref(*works: dict[str, Any]) -> str:
    """An answer with one work, or with several."""
    kind, message = ("work", works[0]) if len(works) == 1 else ("work-list", {"items": list(works)})
    return json.dumps({"status": "ok", "message-type": kind, "message": message}, indent=1)


def crossref_work(**changes: object) -> dict[str, Any]:
    """A journal's article; `_` in a name stands for a hyphen."""
    return {
        "DOI": "10.1000/fern.7",
        "type": "journal-article",
        "title": ["Ferns that <i>Remember</i> Rain"],
        "subtitle": ["A Field Study"],
        "author": [
            {"given": "Ada", "family": "Fern y Vega"},
            {"given": "Bo", "family": "Moss", "suffix": "Jr."},
            {"name": "The Greenhouse Group"},
            {"family": "Oak"},
        ],
        "issued": {"date-parts": [[2026, 5]]},
        "container-title": ["Ferns &amp; Mosses"],
        "abstract": "<jats:title>Abstract</jats:title><jats:p>CO<jats:sub>2</jats:sub> helps.</jats:p>",
        "link": [{"URL": "https://ferns.example/7.pdf", "content-type": "application/pdf"}],
        "subject": ["Botany"],
    } | {name.replace("_", "-"): value for name, value in changes.items()}


def semantic_scholar_paper(**changes: object) -> dict[str, Any]:
    """A paper with all its ids."""
    return {
        "paperId": "f" * 40,
        "externalIds": {"ArXiv": "2603.01234", "DOI": "10.1000/fern.7", "ACL": "2026.acl-long.7"},
        "url": "https://www.semanticscholar.org/paper/f",
        "title": "Ferns that Remember Rain",
        "abstract": "We water ferns.",
        "venue": "Annual Meeting of Ferns",
        "year": 2026,
        "publicationDate": "2026-05-04",
        "openAccessPdf": {"url": "https://ferns.example/7.pdf"},
        "fieldsOfStudy": ["Biology"],
        "publicationTypes": ["Review", "Conference"],
        "authors": [{"authorId": "1", "name": "Ada Fern"}, {"authorId": None, "name": "Bo Moss"}],
    } | changes


def openreview_note(content: Mapping[str, object] | None = None, *, wrapped: bool = True) -> dict[str, Any]:
    """A note of a paper, of the second API or, not wrapped, of the first."""
    values: dict[str, object] = {
        "title": "Ferns that Remember Rain",
        "authors": ["Ada Fern", "Bo Moss"],
        "keywords": ["ferns", "memory"],
        "abstract": "We water ferns.",
        "venue": "ICLR 2026 oral",
        "venueid": "ICLR.cc/2026/Conference",
        "pdf": "/pdf/7.pdf",
        "code": "https://github.com/fern-lab/rain",
        "_bibtex": "@inproceedings{\nfern2026,\nbooktitle={The Conference on Ferns},\nyear={2026}\n}",
    } | dict(content or {})
    return {
        "id": "FeRn_7-x",
        "forum": "FeRn_7-x",
        "cdate": 1_758_000_000_000,
        "odate": 1_760_000_000_000,
        "pdate": 1_769_400_000_000,
        "content": {name: {"value": value} if wrapped else value for name, value in values.items()},
    }


DBLP = """<?xml version="1.0" encoding="US-ASCII"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article key="journals/fern/FernM26" mdate="2026-05-05">
<author>Ada F&eacute;rn</author>
<author orcid="0000-0002-1825-0097">Wei Moss 0002</author>
<title>Rain in H<sub>2</sub>O &amp; Ferns.</title>
<year>2026</year>
<volume>7</volume>
<journal>J. Ferns</journal>
<ee type="oa">https://doi.org/10.1000/fern.7</ee>
</article>
<inproceedings key="conf/acl/Oak26" mdate="2026-05-05">
<author>Cy Oak</author>
<title>Do Ferns Read?</title>
<year>2026</year>
<booktitle>ACL (2)</booktitle>
<ee>https://aclanthology.org/2026.acl-long.7</ee>
</inproceedings>
<article publtype="informal" key="journals/corr/abs-2603-01234" mdate="2026-03-05">
<author>Ada Fern</author>
<title>Ferns that Remember ...</title>
<year>2026</year>
<volume>abs/2603.01234</volume>
<journal>CoRR</journal>
<ee>https://doi.org/10.48550/arXiv.2603.01234</ee>
</article>
</dblp>
"""
DBLP_SEARCH = {
    "result": {
        "hits": {
            "@total": "2",
            "hit": [
                {
                    "@id": "1",
                    "info": {
                        "authors": {
                            "author": [{"@pid": "1/2", "text": "Wei Moss 0002"}, {"text": "Ada O&apos;Fern"}]
                        },
                        "title": "Do Ferns &amp; Mosses Read?",
                        "venue": ["ACL", "ACL Findings"],
                        "year": "2026",
                        "type": "Conference and Workshop Papers",
                        "doi": "10.18653/V1/2026.ACL-LONG.7",
                        "ee": "https://doi.org/10.18653/v1/2026.acl-long.7",
                    },
                },
                {
                    "@id": "2",
                    "info": {
                        "authors": {"author": {"@pid": "3", "text": "Cy Oak"}},
                        "title": "Ferns that Remember.",
                        "venue": "CoRR",
                        "volume": "abs/2603.01234",
                        "year": "2026",
                        "type": "Informal and Other Publications",
                    },
                },
            ],
        }
    }
}


def orcid_summary(name: str, **changes: object) -> dict[str, Any]:
    """A work as one source tells it."""
    ids = [
        {"external-id-type": "issn", "external-id-value": "1234-5678", "external-id-relationship": "part-of"},
        {
            "external-id-type": "doi",
            "external-id-value": "https://doi.org/10.1000/FERN.7",
            "external-id-normalized": {"value": "10.1000/fern.7"},
            "external-id-relationship": "self",
        },
    ]
    return {
        "put-code": 1,
        "title": {"title": {"value": name}, "subtitle": None},
        "external-ids": {"external-id": ids},
        "type": "conference-paper",
        "publication-date": {"year": {"value": "2026"}, "month": {"value": "05"}, "day": None},
        "journal-title": {"value": "Meeting of Ferns"},
        "path": "/0000-0002-1825-0097/work/1",
        "display-index": "0",
    } | {name.replace("_", "-"): value for name, value in changes.items()}


ACL = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2026.fern">
  <volume id="long" ingest-date="2026-06-15" type="proceedings">
    <meta>
      <booktitle>Proceedings of the Meeting of <fixed-case>F</fixed-case>erns</booktitle>
      <editor><first>Ed</first><last>Itor</last></editor>
      <month>June 30 - July 4</month>
      <year>2026</year>
      <venue>fern</venue>
    </meta>
    <frontmatter><url>2026.fern-long.0</url></frontmatter>
    <paper id="7">
      <title><fixed-case>T</fixed-case>el<b>ME</b> about <tex-math>\\alpha</tex-math> in <i>vitro</i></title>
      <author orcid="0000-0002-1825-0097"><first>Ada</first><last>Fern y Vega</last></author>
      <author><last>Moss</last></author>
      <abstract>We read. Code: <url>https://github.com/fern-lab/rain</url>.</abstract>
      <url hash="abc">2026.fern-long.7</url>
      <doi>10.18653/v1/2026.fern-long.7</doi>
      <pwccode url="https://github.com/fern-lab/rain" additional="true">fern-lab/rain</pwccode>
    </paper>
  </volume>
</collection>
"""


def paperlist_row(**changes: object) -> dict[str, Any]:
    """A row of a conference's file."""
    return {
        "id": "FeRn7x_abc",
        "title": "Ferns that Remember Rain",
        "track": "main",
        "status": "Poster",
        "abstract": "We water ferns.",
        "keywords": "ferns;memory",
        "primary_area": "",
        "author": "Ada Fern;Bo Moss",
        "authorids": "~Ada_Fern1;~Bo_Moss2",
        "bibtex": '@inproceedings{fern,\n month = jun,\n year = "2026",\n doi = "10.1000/fern.7"\n}',
        "github": "",
        "project": "",
        "site": "https://openreview.net/forum?id=FeRn7x_abc",
        "pdf": "",
        "author_num": 2,
    } | changes


def code_link(repository: str, *, official: bool = False, **changes: object) -> dict[str, Any]:
    """A row of the links between papers and code."""
    return {
        "paper_url": "https://paperswithcode.com/paper/ferns",
        "paper_title": "Ferns that Remember Rain",
        "paper_arxiv_id": "2603.01234",
        "paper_url_abs": "https://arxiv.org/abs/2603.01234v1",
        "paper_url_pdf": "https://arxiv.org/pdf/2603.01234v1.pdf",
        "repo_url": repository,
        "is_official": official,
    } | changes


def dumped(value: object) -> str:
    """The JSON, objects and values in lines of their own."""
    return json.dumps(value, indent=1)


DOCUMENTS = {
    "huggingface": ("day.json", dumped([hugging_face_paper()])),
    "arxiv-atom": ("query.xml", atom(atom_entry("2603.01234"))),
    "arxiv-rss": ("rss.xml", rss(rss_item())),
    "acl-anthology": ("2026.fern.xml", ACL),
    "dblp-xml": ("dblp.xml", DBLP),
    "openalex": ("works.json", dumped({"meta": {"count": 1}, "results": [openalex_work(doi=None)]})),
    "crossref": ("works.json", crossref(crossref_work(), crossref_work(DOI="10.1000/moss.8"))),
    "openreview": ("notes.json", dumped({"notes": [openreview_note()], "count": 1})),
    "orcid": (
        "works.json",
        dumped({"group": [{"work-summary": [orcid_summary("Ferns that Remember Rain")]}]}),
    ),
    "dblp-search": ("search.json", dumped(DBLP_SEARCH)),
    "paperlists": ("fern2026.json", dumped([paperlist_row()])),
    "papers-with-code": ("links.json", dumped([code_link("https://github.com/fern-lab/rain")])),
    "semantic-scholar": ("batch.json", dumped([semantic_scholar_paper()])),
}
"""A whole document by the name of its reader: the name of its file, and its text."""

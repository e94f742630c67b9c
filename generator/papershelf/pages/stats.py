"""Figures: how many papers by month, topic and year, how many have code, and who owns most of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from papershelf.content.topics import UNSORTED
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.pages.archive import by_month
from papershelf.text.links import CODE
from papershelf.views import charts
from papershelf.views.charts import Chart, percent
from papershelf.views.components import Anchor, topic_links
from papershelf.views.context import Page, SiteContext

MONTHS: Final = 60
OWNERS: Final = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A thing, how many there are, and `share`, the length of its bar: a percentage of the largest."""

    thing: Anchor
    count: str
    share: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, and all its numbers: a row of texts under each of the `columns`."""

    heading: str
    chart: Chart
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Things by number, the largest first."""

    heading: str
    column: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class StatsView:
    """All figures that there are papers for; `notes` say what they leave out."""

    title: str
    intro: str
    figures: tuple[Figure, ...]
    rankings: tuple[Ranking, ...]
    notes: tuple[str, ...]


def stats(context: SiteContext) -> Iterator[Page]:
    """The page of figures."""
    words, papers = context.words, tuple(context.library.papers.values())
    undated = sum(paper.published is None for paper in papers)
    inferred = sum(paper.published_inferred for paper in papers)
    dated = len(papers) > undated
    view = StatsView(
        title=words.stats,
        intro=words.stats_intro,
        figures=(_per_month(context, papers), _with_code(context, papers)) if dated else (),
        rankings=tuple(ranking for ranking in (_topics(context), _owners(context)) if ranking.rows),
        notes=(
            *((words.undated_papers.of(undated),) if undated else ()),
            *((words.inferred_papers.of(inferred),) if inferred else ()),
        ),
    )
    yield Page(urls.STATS, "stats.md", words.stats, words.stats_intro, view)


def _per_month(context: SiteContext, papers: Sequence[Paper]) -> Figure:
    words = context.words
    counts = {month: len(of) for month, of in by_month(papers).items()}
    shown = [(words.month_of(month), counts.get(month, 0)) for month in _months(counts)]
    return Figure(
        heading=words.papers_per_month,
        chart=charts.bars(shown, words.papers_per_month),
        columns=(words.month, words.paper_column),
        rows=tuple((words.month_of(month), f"{count:,}") for month, count in counts.items()),
    )


def _months(counts: Mapping[date, int]) -> list[date]:
    """The months up to the newest that has papers, `MONTHS` at most."""
    first, last = (day.year * 12 + day.month - 1 for day in (min(counts), max(counts)))
    return [date(n // 12, n % 12 + 1, 1) for n in range(max(first, last - MONTHS + 1), last + 1)]


def _with_code(context: SiteContext, papers: Sequence[Paper]) -> Figure:
    words = context.words
    years = Counter(paper.published.year for paper in papers if paper.published)
    coded = Counter(paper.published.year for paper in papers if paper.published and _has_code(paper))
    shares = {year: percent(coded[year], years[year]) for year in sorted(years)}
    return Figure(
        heading=words.with_code,
        chart=charts.bars(
            [(str(y), share) for y, share in shares.items()], words.with_code, unit="%", most=100
        ),
        columns=(words.year, words.paper_column, words.code_column, words.share_column),
        rows=tuple(
            (str(year), f"{years[year]:,}", f"{coded[year]:,}", f"{shares[year]}%")
            for year in reversed(shares)
        ),
    )


def _has_code(paper: Paper) -> bool:
    return any(link.kind in CODE for link in paper.links)


def _topics(context: SiteContext) -> Ranking:
    words, members = context.words, context.library.in_topic
    ids = [topic.id for topic in context.library.topics] + ([UNSORTED] if members.get(UNSORTED) else [])
    ranked = sorted(((topic, len(members.get(topic, ()))) for topic in ids), key=lambda item: -item[1])
    links = topic_links(context.labels, urls.STATS, (topic for topic, _ in ranked))
    return Ranking(
        words.papers_per_topic, words.topic, _rows(list(zip(links, (n for _, n in ranked), strict=True)))
    )


def _owners(context: SiteContext) -> Ranking:
    papers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    names: dict[tuple[str, str], str] = {}
    for repository, ids in context.library.in_repository.items():
        if repository.owner:
            key = repository.host, repository.owner.casefold()
            papers[key].update(ids)
            names.setdefault(key, repository.owner)
    ranked = sorted(papers, key=lambda key: (-len(papers[key]), key[1], key[0]))[:OWNERS]
    found = [(Anchor(names[key], f"https://{key[0]}/{names[key]}"), len(papers[key])) for key in ranked]
    return Ranking(context.words.most_linked, context.words.owner, _rows(found))


def _rows(counted: Sequence[tuple[Anchor, int]]) -> tuple[Row, ...]:
    most = max((count for _, count in counted), default=0)
    return tuple(Row(thing, f"{count:,}", percent(count, most)) for thing, count in counted if count)

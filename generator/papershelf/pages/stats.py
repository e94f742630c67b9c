"""Statistics: papers by month, topic and year, the share with code, and whose code is linked most."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.core.partial_date import PartialDate
from papershelf.pages.archive import MONTHS, by_month, inferred_dates
from papershelf.text.links import CODE
from papershelf.views import charts
from papershelf.views.charts import Chart, percent
from papershelf.views.components import Anchor, topic_links
from papershelf.views.context import Page, SiteContext
from papershelf.views.taxonomy import TOPICS

MOST_MONTHS: Final = 60
MOST_OWNERS: Final = 20


@dataclass(frozen=True, slots=True)
class RankingRow:
    """A topic or an owner with its number of papers; `share` is a percentage of the largest number."""

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
    """Topics or owners by number of papers, largest first."""

    heading: str
    column: str
    rows: tuple[RankingRow, ...]


@dataclass(frozen=True, slots=True)
class StatsView:
    """The figures and rankings that have papers; `notes` say what they leave out."""

    title: str
    intro: str
    figures: tuple[Figure, ...]
    rankings: tuple[Ranking, ...]
    notes: tuple[str, ...]


def stats(context: SiteContext) -> Iterator[Page]:
    """The page of statistics."""
    words, papers = context.words, tuple(context.library.papers.values())
    undated = sum(paper.published is None for paper in papers)
    year_alone = sum(bool(day and not day.month) for day in (paper.published for paper in papers))
    figures = (_per_month, _with_code) if len(papers) > undated + year_alone else (_with_code,)
    view = StatsView(
        title=words.stats,
        intro=words.stats_intro,
        figures=tuple(make(context, papers) for make in figures) if len(papers) > undated else (),
        rankings=tuple(
            ranking for ranking in (_topic_ranking(context), _owner_ranking(context)) if ranking.rows
        ),
        notes=(
            *((words.undated_papers.of(undated),) if undated else ()),
            *((words.year_alone_papers.of(year_alone),) if year_alone else ()),
            *inferred_dates(words, papers),
        ),
    )
    yield Page(urls.STATS, "stats.md", words.stats, words.stats_intro, view)


def _per_month(context: SiteContext, papers: Sequence[Paper]) -> Figure:
    words = context.words
    counts = {month: len(of) for month, of in by_month(papers).items() if month.month}
    shown = [(words.month_of(month), counts.get(month, 0)) for month in _shown_months(counts)]
    return Figure(
        heading=words.papers_per_month,
        chart=charts.bars(shown, words.papers_per_month),
        columns=(words.month, words.paper_column),
        rows=tuple((words.month_of(month), f"{count:,}") for month, count in counts.items()),
    )


def _shown_months(counts: Mapping[PartialDate, int]) -> list[PartialDate]:
    """The last `MOST_MONTHS` months up to the newest that has papers, none before the first."""
    first, last = (month.year * MONTHS + month.month - 1 for month in (min(counts), max(counts)))
    shown = range(max(first, last - MOST_MONTHS + 1), last + 1)
    return [PartialDate(number // MONTHS, number % MONTHS + 1) for number in shown]


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


def _topic_ranking(context: SiteContext) -> Ranking:
    words, groups = context.words, context.groups[TOPICS.id]
    links = topic_links(context.labels, urls.STATS, (group.id for group in groups))
    counted = zip(links, (len(group.papers) for group in groups), strict=True)
    ranked = sorted(counted, key=lambda it: -it[1])
    return Ranking(words.papers_per_topic, words.topic, _ranking_rows(ranked))


def _owner_ranking(context: SiteContext) -> Ranking:
    papers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    names: dict[tuple[str, str], str] = {}
    for repository, ids in context.library.in_repository.items():
        if repository.owner:
            key = repository.host, repository.owner.casefold()
            papers[key].update(ids)
            names.setdefault(key, repository.owner)
    ranked = sorted(papers, key=lambda key: (-len(papers[key]), key[1], key[0]))[:MOST_OWNERS]
    counted = [(Anchor(names[key], f"https://{key[0]}/{names[key]}"), len(papers[key])) for key in ranked]
    return Ranking(context.words.most_linked, context.words.owner, _ranking_rows(counted))


def _ranking_rows(counted: Sequence[tuple[Anchor, int]]) -> tuple[RankingRow, ...]:
    most = max((count for _, count in counted), default=0)
    return tuple(RankingRow(link, f"{count:,}", percent(count, most)) for link, count in counted if count)

"""Small pictures as inline SVG: when the versions of a story appeared, and which outlet takes from which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import isnan

from markupsafe import Markup as Safe
from markupsafe import escape

from ..model import ReportedArticle, timestamp
from .wording import clip, visible

ROWS, OUTLETS = 40, 16  # more than that cannot be read at a glance
MINUTE = 1 / 1440  # days; a shorter axis would pull apart what appeared at one time
LINE, NAMES, WIDTH = 22, 210, 640  # pixels: height of a row, space for names, width of the time axis


def timeline(articles: Sequence[ReportedArticle]) -> Safe:
    """Return when the versions of a story appeared, one row each, earliest first; nothing with fewer than two dates.

    A version without a date has a row without a dot. The shape of a dot tells the verdict, not its colour alone.
    """
    timed = [(timestamp(article.published), article.id, article) for article in articles]
    dated = sorted(entry for entry in timed if not isnan(entry[0]))
    if len(dated) < 2:
        return Safe()
    unknown = [article for moment, _, article in timed if isnan(moment)]
    dated, later = dated[:ROWS], len(dated) - ROWS
    low, high = dated[0][0], dated[-1][0]
    span = max(high - low, MINUTE)
    rows = []
    for row, (moment, _, article) in enumerate(dated):
        x, y = NAMES + 10 + (WIDTH - 20) * (moment - low) / span, LINE * row + LINE // 2
        rows.append(_name(article, y) + _dot(article, x, y))
    for row, article in enumerate(unknown[: max(ROWS - len(dated), 0)], len(dated)):
        y = LINE * row + LINE // 2
        rows.append(_name(article, y) + f'<text class="quiet" x="{NAMES + 10}" y="{y + 4}">date unknown</text>')
    height = LINE * len(rows)
    zoned = any(article.published[19:] for *_, article in dated)  # else the clocks are those of the pages
    axis = _axis(_clock(low, zoned), _clock(high, zoned) + (f" and {later} later" if later > 0 else ""), height)
    return _svg(NAMES + WIDTH, height + 24, "When the versions appeared", "".join(rows) + axis)


def _name(article: ReportedArticle, y: int) -> str:
    name = escape(visible(clip(article.source or article.id, 32)))
    return f'<text x="0" y="{y + 4}">{name}</text><line x1="{NAMES}" x2="{NAMES + WIDTH}" y1="{y}" y2="{y}"/>'


def _dot(article: ReportedArticle, x: float, y: int) -> str:
    kind = article.verdict.kind.value
    tag, place = {
        "original": ("circle", f'cx="{x:.1f}" cy="{y}" r="6"'),
        "syndicated": ("rect", f'x="{x - 5:.1f}" y="{y - 5}" width="10" height="10"'),
        "rewrite": ("path", f'd="M{x:.1f} {y - 7}l7 7l-7 7l-7 -7z"'),
        "aggregated": ("path", f'd="M{x:.1f} {y - 6}l7 12h-14z"'),
        "unclear": ("circle", f'fill-opacity="0" cx="{x:.1f}" cy="{y}" r="5"'),
    }[kind]
    title = escape(visible(f"{article.id}, {article.published}, {kind}"))
    return f'<{tag} {place} class="dot {kind}"><title>{title}</title></{tag}>'


def _axis(first: str, last: str, height: int) -> str:
    y = height + 16
    return (
        f'<text class="quiet" x="{NAMES}" y="{y}">{first}</text>'
        f'<text class="quiet end" x="{NAMES + WIDTH}" y="{y}">{last}</text>'
    )


def _clock(moment: float, zoned: bool) -> str:
    """Return days since 1970 as a date, with the time of day where there is one; zones differ, so it is UTC.

    >>> _clock(20390.0, True), _clock(20390.5, True), _clock(20390.5, False)
    ('2025-10-29', '2025-10-29 12:00 UTC', '2025-10-29 12:00')
    """
    time = datetime.fromtimestamp(round(moment * 86400), UTC)
    return time.strftime("%Y-%m-%d %H:%M" if moment % 1 else "%Y-%m-%d") + (" UTC" if zoned and moment % 1 else "")


def matrix(taken: Mapping[str, Mapping[str, int]]) -> Safe:
    """Return who takes from whom: a row for each outlet that takes, a column for each source; the busiest of them."""
    counts = {(taker, source): number for taker, row in taken.items() for source, number in row.items()}
    if not counts:
        return Safe()
    takers, sources = (_busiest(counts, side) for side in (0, 1))
    top, cell = 120, 34
    most = max(counts.values())
    heads = "".join(
        f'<text transform="translate({NAMES + cell * i + 20} {top - 6}) rotate(-45)">{escape(clip(name, 24))}</text>'
        for i, name in enumerate(sources)
    )
    body = "".join(
        f'<text x="0" y="{top + cell * j + 21}">{escape(clip(taker, 32))}</text>'
        + "".join(
            _cell(NAMES + cell * i, top + cell * j, counts.get((taker, source), 0), most, f"{taker} from {source}")
            for i, source in enumerate(sources)
        )
        for j, taker in enumerate(takers)
    )
    width = NAMES + cell * len(sources) + 110
    return _svg(width, top + cell * len(takers), "Who takes from whom", heads + body)


def _busiest(counts: Mapping[tuple[str, str], int], side: int) -> list[str]:
    """Return the outlets that took most, for side 0, or from which most was taken.

    >>> _busiest({("Star", "AFP"): 2, ("Herald", "AFP"): 3, ("Star", "Courier"): 2}, 0)
    ['Star', 'Herald']
    """
    totals: Counter[str] = Counter()
    for names, number in counts.items():
        totals[names[side]] += number
    return sorted(totals, key=lambda name: (-totals[name], name))[:OUTLETS]


def _cell(x: int, y: int, number: int, most: int, title: str) -> str:
    shade = 0.15 + 0.75 * number / most if number else 0
    said = f'<text class="count" x="{x + 16}" y="{y + 21}">{number}</text>' if number else ""
    box = f'<rect class="cell" fill-opacity="{shade:.2f}" x="{x}" y="{y}" width="32" height="32">'
    return f"{box}<title>{escape(title)}: {number}</title></rect>{said}"


def _svg(width: int, height: int, label: str, content: str) -> Safe:
    return Safe(
        f'<svg class="chart" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(label)}">{content}</svg>'
    )

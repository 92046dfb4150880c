"""The chart: one bar per row, its length = how many times its goal; 1 is the line to reach.

Logarithmic, because ratios lie between a tenth and a hundred; drawn without any library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import log10

from tests.bench.row import Row, figure

#: Pixels: the width of names, of bars and of what stands behind them; the height of a row.
NAMES, BARS, BEHIND, HEIGHT, TOP = 420, 360, 340, 34, 52
#: Shares of the goal at the ends of the axis, and its ticks.
LOW, HIGH, TICKS = 0.1, 10.0, (0.1, 0.2, 0.5, 1, 2, 5, 10)
REACHED, MISSED, INK, PALE = "#00703c", "#d4351c", "#0b0c0c", "#b1b4b6"


def draw(rows: Sequence[Row]) -> str:
    """The whole picture as SVG text; rows without goal or figure are left out."""
    shown = [(row, reached) for row in rows if (reached := share_of_goal(row)) is not None]
    width, height = NAMES + BARS + BEHIND, TOP + HEIGHT * len(shown) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="{INK}">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        _text(8, 16, "实测与目标之比 · measured, as a multiple of the goal", "bold"),
        *_axis(height),
    ]
    for nth, (row, reached) in enumerate(shown):
        parts += _bar(row, reached, TOP + HEIGHT * nth)
    return "\n".join([*parts, "</svg>\n"])


def share_of_goal(row: Row) -> float | None:
    """1 = just reached, more = better, whichever direction is better."""
    judged = row.ours if row.goal and row.goal.unit else row.ratio
    if row.goal is None or judged is None:
        return None
    better, worse = (row.goal.bound, judged) if row.goal.at_most else (judged, row.goal.bound)
    if not worse:
        return HIGH if row.met else LOW
    return better / worse


def _axis(height: int) -> Iterator[str]:
    for tick in TICKS:
        x = _x(tick)
        strong = tick == 1
        colour, wide = (INK, 2) if strong else (PALE, 1)
        yield (
            f'<line x1="{x:.1f}" y1="{TOP - 8}" x2="{x:.1f}" y2="{height - 6}" '
            f'stroke="{colour}" stroke-width="{wide}"/>'
        )
        yield _text(x, TOP - 14, f"{tick:g} ×", anchor="middle")


def _bar(row: Row, reached: float, y: int) -> Iterator[str]:
    """Name in both languages, the bar from the line of 1, and the figures behind it."""
    ends = sorted((_x(1), _x(reached)))
    colour = REACHED if row.met else MISSED
    yield _text(8, y + 13, row.name.zh)
    yield _text(8, y + 28, row.name.en + (f" · {row.against}" if row.against else ""), size=11)
    yield (
        f'<rect x="{ends[0]:.1f}" y="{y + 6}" width="{max(2.0, ends[1] - ends[0]):.1f}" '
        f'height="{HEIGHT - 14}" fill="{colour}"/>'
    )
    ours = f"{figure(row.ours)} {row.unit}"
    ratio = "" if row.ratio is None else f" · {figure(row.ratio)} ×"
    mark = "✓" if row.met else "✗"
    yield _text(NAMES + BARS + 12, y + 21, f"{mark} {ours}{ratio} ({row.goal})")


def _x(share: float) -> float:
    """Where on the axis; what lies beyond its ends stands at them."""
    inside = min(max(share, LOW), HIGH)
    return NAMES + BARS * (log10(inside) - log10(LOW)) / (log10(HIGH) - log10(LOW))


def _text(x: float, y: float, words: str, weight: str = "", anchor: str = "", size: int = 0) -> str:
    more = f' font-weight="{weight}"' if weight else ""
    more += f' text-anchor="{anchor}"' if anchor else ""
    more += f' font-size="{size}"' if size else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{escape(words)}</text>'

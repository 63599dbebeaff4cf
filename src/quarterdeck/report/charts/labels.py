"""Where labels and ticks go: text widths, round figures for an axis, and labels moved apart so that none lies on another."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.charts.sheet import Scale
from quarterdeck.report.words import Words

LINE_HEIGHT = 16
_NARROW_LETTERS = frozenset("iljtfrI.,:;'|!()[] \N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}")
_WIDE_LETTERS = frozenset("mwMWQO@%\N{RIGHTWARDS ARROW}")


def text_width(text: str, *, size: float = 12, strong: bool = False) -> float:
    """About how wide `text` is, in px: a little too much rather than too little."""
    ems = sum(0.32 if letter in _NARROW_LETTERS else 0.88 if letter in _WIDE_LETTERS else 0.66 if letter.isupper() else 0.62 for letter in text)
    return ems * size * (1.04 if strong else 1.0)


def wrapped(text: str, width: float) -> list[str]:
    """`text` in one line where it fits into `width` px, else in two, broken where the longer one is shortest."""
    parts = text.split(" ")
    if text_width(text) <= width or len(parts) == 1:
        return [text]
    breaks = [(" ".join(parts[:number]), " ".join(parts[number:])) for number in range(1, len(parts))]
    return list(min(breaks, key=lambda lines: max(text_width(line) for line in lines)))


def place_apart(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """The middles of labels, each as near to the one wanted as can be, in the same order, none on another, within `low` to `high` where they fit.

    Labels that touch become one block at the mean of what they wanted: least squares under order, by pooling neighbours.
    Source: Barlow & Brunk 1972, "The isotonic regression problem and its dual".
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    above, offsets = 0.0, {}
    for i in order:
        offsets[i] = above + heights[i] / 2
        above += heights[i]
    blocks: list[list[float]] = []  # mean of the wanted tops of a block, how many labels
    for i in order:
        blocks.append([wanted[i] - offsets[i], 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            top, count = blocks.pop()
            blocks[-1] = [(blocks[-1][0] * blocks[-1][1] + top * count) / (blocks[-1][1] + count), blocks[-1][1] + count]
    tops = [top for top, count in blocks for _ in range(int(count))]
    limit = max(low, high - above)
    placed = {i: min(max(top, low), limit) + offsets[i] for i, top in zip(order, tops, strict=True)}
    return [placed[i] for i in range(len(wanted))]


def round_ticks(low: float, high: float, *, most: int = 5) -> tuple[float, ...]:
    """At most `most` + 1 round figures from at or below `low` to at or below `high`, a step of 1, 2 or 5 times a power of ten."""
    if high <= low:
        return (low,)
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))
    first = math.floor(low / step + 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(float(f"{number * step:.12g}") for number in range(first, last + 1))


def tick_labels(ticks: Sequence[float], metric: str, words: Words) -> tuple[str, ...]:
    """The ticks in the metric's unit; more digits where they would read alike."""
    labels = tuple(words.amount(tick, metric) for tick in ticks)
    if len(set(labels)) == len(labels):
        return labels
    known = METRICS.get(metric)
    is_money = known is not None and known.unit in ("money", "money_per_count")
    return tuple(words.money(tick, exact=True) if is_money else words.count(tick, digits=2) for tick in ticks)


def amount_scale(top: float, metric: str, words: Words, *, most: int = 5) -> Scale:
    """From 0 to a little above `top`, with ticks in the metric's unit."""
    ticks = round_ticks(0.0, top, most=most)
    return Scale(0.0, top * 1.09, ticks, tick_labels(ticks, metric, words))


def short_day(day: date, words: Words) -> str:
    """`4 Jan` as the locale writes it."""
    from babel.dates import format_skeleton

    text: str = format_skeleton("MMMd", day, locale=words.locale)
    return text


def whole_money(amount: float, words: Words) -> str:
    """`£93`: three digits that can be meant, and no pence."""
    return re.sub(r"[.,]00(?!\d)", "", words.money(float(f"{amount:.3g}") if amount >= 100 else round(amount)))


def short_amount(value: float, metric: str, words: Words) -> str:
    """`£1.15M`: money of six digits and more in three that can be read beside a bar; anything else as it is said elsewhere."""
    known = METRICS.get(metric)
    if known is None or known.unit != "money" or value < 100_000:
        return words.amount(value, metric)
    from babel.numbers import format_compact_currency

    leading = len(str(int(float(f"{value:.3g}")))) % 3 or 3
    text: str = format_compact_currency(float(f"{value:.3g}"), words.currency, locale=words.locale, format_type="short", fraction_digits=3 - leading)
    return text


def whole_percent(share: float) -> str:
    """`28 %` with a narrow space; the sign is left to the sentence."""
    return f"{abs(share) * 100:.0f}\N{NARROW NO-BREAK SPACE}%"


def name_of(metric: str) -> str:
    """`New customers`."""
    known = METRICS.get(metric)
    return known.name if known else metric.replace("_", " ").capitalize()


def one_of(metric: str) -> str:
    """One unit of a count: `new customer`, `order`."""
    name = name_of(metric)
    return (name[:-1] if name.endswith("s") else name).lower()


def is_money(metric: str) -> bool:
    """Is it measured in money?"""
    known = METRICS.get(metric)
    return known is not None and known.unit in ("money", "money_per_count")


def is_better_less(metric: str) -> bool:
    """Is less of it better?"""
    known = METRICS.get(metric)
    return known is not None and known.direction == "decrease"


def agree(metric: str, plural: str, singular: str) -> str:
    """The verb that goes with the metric's name: orders `run`, revenue `runs`."""
    return plural if name_of(metric).endswith("s") else singular

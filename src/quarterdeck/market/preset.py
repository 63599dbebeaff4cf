"""What a simulated market is made of, as typed values: channels, metrics, demand, the competitor, and the company's habits.

Every form here differs on purpose from the ones that a response model fits: carry-over peaks after days, saturation is
daily with its own slope, demand multiplies everything, channels lift each other and share a ceiling, effects drift.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Saturation = Literal["hill", "log", "reach"]


@dataclass(frozen=True, slots=True)
class CarryOver:
    """How the effect of one day's exposure is spread over the days that follow, cut at `days` and adding up to 1.

    `negative_binomial`: mean `middle` days after, `shape` is its size (above 1 the peak comes after the first day). `weibull`: scale
    `middle` days, shape `shape` (below 1 a steep start with a long tail, above 1 a delayed peak).
    """

    form: Literal["negative_binomial", "weibull"]
    middle: float
    shape: float
    days: int = 84


@dataclass(frozen=True, slots=True)
class Habit:
    """How the company spends on a channel when left alone.

    `bursts` is (weeks on, weeks between starts), None is always on; `season_pull` is how far money follows the expected season (0 to
    about 1.5); `weekdays` weigh Monday to Sunday; `campaigns` are (name, weight, first month, last month), months 1 to 12 and both
    included, a first after the last runs across the new year.
    """

    campaigns: tuple[tuple[str, float, int, int], ...]
    bursts: tuple[int, int] | None = None
    season_pull: float = 0.8
    weekdays: tuple[float, float, float, float, float, float, float] = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    follows_sales: float = 0.4
    wobble: float = 0.10


@dataclass(frozen=True, slots=True)
class ChannelTruth:
    """The whole truth about one channel. "Usual" is `weekly_spend` at the usual price, demand and competition.

    `share` is the part of all of the aim that the channel brings at its usual spend; `half` is where its saturation turns, in multiples
    of usual exposure (small is overspent); `slope` the steepness there (above 1 is an S-shape); `harvest` how far its
    ceiling grows with demand; `exposure_cost` money for a thousand exposures; `click_rate` None where nothing can be clicked;
    `crowding` how steeply its own weekly intensity raises its price (0 to 1) and `price_demand`, `price_rival` how far demand and the
    competitor do; `drift` the spread of its slow change; `reach_group` shares a ceiling of reachable people with the others of that name.
    """

    id: str
    weekly_spend: float
    share: float
    carry_over: CarryOver
    saturation: Saturation
    half: float
    slope: float
    habit: Habit
    harvest: float = 0.0
    exposure_cost: float = 8.0
    click_rate: float | None = None
    crowding: float = 0.25
    price_demand: float = 0.3
    price_rival: float = 0.15
    drift: float = 0.09
    reach_group: str | None = None


@dataclass(frozen=True, slots=True)
class Lift:
    """`by` makes `channel` work better: by `size` (a fraction) at the usual pressure of `by`."""

    by: str
    channel: str
    size: float


@dataclass(frozen=True, slots=True)
class Wait:
    """When the units of another metric turn into this one. `gamma`: once each, about `days` later. `stays`: every day for about `days` days."""

    form: Literal["gamma", "stays"]
    days: float


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a metric: `rate` units for each unit of the metric `of` ("response" is what demand and marketing bring).

    With `wait` they come later. `with_season` follows demand, `with_price` the company's own price. `exact` passes the counted units on
    as they are (all orders of new customers are orders); `share` draws each unit with chance `rate`.
    """

    of: str
    rate: float
    wait: Wait | None = None
    with_season: bool = False
    with_price: bool = False
    draw: Literal["exact", "share", "count"] = "count"


@dataclass(frozen=True, slots=True)
class MetricTruth:
    """A metric as a sum of terms. `basket_spread` is the relative spread of one unit's money; it only matters where `money` is true."""

    id: str
    terms: tuple[Term, ...]
    money: bool = False
    basket_spread: float = 0.0


@dataclass(frozen=True, slots=True)
class DemandTruth:
    """What people want. `peaks` are (height, middle day of the year, width in days); the rest are sizes of relative changes.

    `growth` is the yearly rate at the start, which `slows` (years) to nothing. `warm_lift` and `heat_limit` shape what warm days do:
    rising, then level. `latent` is the spread of what no record explains, `sales` the months and days of promotions with their price cut.
    """

    peaks: tuple[tuple[float, float, float], ...]
    weekdays: tuple[float, float, float, float, float, float, float]
    growth: float = 0.06
    slows: float = 6.0
    warm_lift: float = 0.0
    latent: float = 0.035
    sales: tuple[tuple[int, int, int, float], ...] = ()
    sale_lift: float = 0.10
    elasticity: float = 1.4
    price_follows_demand: float = 0.10


@dataclass(frozen=True, slots=True)
class RivalTruth:
    """The competitor: pressure 1 is usual. It answers our spend `lag_weeks` later, by `answers` at most, and follows the season.

    `memory` is the share of its pressure that a week keeps; `takes` is how strongly its pressure cuts our demand; `cuts_price` how far it
    lowers its own price when it presses.
    """

    answers: float = 0.30
    follows_season: float = 0.35
    lag_weeks: int = 2
    memory: float = 0.7
    wobble: float = 0.08
    takes: float = 0.08
    cuts_price: float = 0.08
    price_elasticity: float = 0.5


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of company in its market. `level` is the aim's usual number a day; `value_per_unit` the profit before marketing of one unit of it.

    `ceilings` are (reach group, most that its channels can bring together, as a share of the level). The aim's metric has one term.
    """

    id: str
    name: str
    aim: str
    value_per_unit: float
    level: float
    channels: tuple[ChannelTruth, ...]
    metrics: tuple[MetricTruth, ...]
    demand: DemandTruth
    rival: RivalTruth = RivalTruth()
    lifts: tuple[Lift, ...] = ()
    ceilings: tuple[tuple[str, float], ...] = ()
    day_noise: float = 0.07
    years_before: float = 4.0

    @property
    def channel_ids(self) -> tuple[str, ...]:
        """The channels in their order."""
        return tuple(channel.id for channel in self.channels)

    @property
    def weekly_spend(self) -> float:
        """What the company usually spends in a week, all channels."""
        return sum(channel.weekly_spend for channel in self.channels)

    @property
    def baseline_share(self) -> float:
        """The part of the aim that comes without any paid channel, at usual spend."""
        return 1.0 - sum(channel.share for channel in self.channels)

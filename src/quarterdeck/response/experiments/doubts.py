"""find_doubts: what speaks against a geo test, in plain words, from the look of the places to an effect that goes on after the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from quarterdeck.response.experiments.belief import Belief
from quarterdeck.response.experiments.doubts_places import find_about_places
from quarterdeck.response.experiments.geo_test import GeoTest
from quarterdeck.response.experiments.spoken import Doubt, hundredths, whole
from quarterdeck.response.experiments.synthetic import Synthetic
from quarterdeck.response.experiments.time_based import TimeBased, regress_on_control
from quarterdeck.response.series.series import FloatArray

BoolArray = npt.NDArray[np.bool_]
_FEW_WEEKS, _FEW_ROWS = 4, 12
_LEAST_TRUE, _LEAST_SEEN, _SURE = 0.5, 0.8, 0.95
_HANGS_TOGETHER = 0.5
_CONTROL_SPENT = 0.2
_OUTLIER_CHANCE = 0.1


@dataclass(frozen=True, eq=False)
class _Scene:
    """What the doubts are looked for in. treated, control [row]: total outcome of each group."""

    test: GeoTest
    treated: FloatArray
    control: FloatArray
    by_time: TimeBased


def find_doubts(test: GeoTest, by_time: TimeBased, mixed: Synthetic, cost: Belief, *, is_agreed: bool) -> tuple[Doubt, ...]:
    """Everything found, the serious first. `by_time`, `mixed`: the two readings; `cost`: money that the test added."""
    scene = _Scene(test, test.total(test.outcome, treated=True), test.total(test.outcome, treated=False), by_time)
    found = [
        *_disagreement(by_time, mixed, is_agreed=is_agreed),
        *_no_cost(cost),
        *_too_short(scene),
        *_within_a_week(test),
        *_loose(scene),
        *_before_the_test(scene),
        *_outlying_days(scene),
        *find_about_places(test),
        *_control_spent(test),
        *_hangs_together(by_time, mixed),
        *_goes_on(scene),
        *_filled(test),
    ]
    return tuple(sorted(found, key=lambda doubt: not doubt.is_serious))


def _disagreement(by_time: TimeBased, mixed: Synthetic, *, is_agreed: bool) -> list[Doubt]:
    if is_agreed:
        return []
    return [
        Doubt(
            "ways_disagree",
            f"The two ways of reading disagree: time-based regression finds {whole(by_time.effect)}, synthetic control {whole(mixed.effect)}. "
            "The range given covers both; find out which places or days make the difference before you act on it.",
            is_serious=True,
        )
    ]


def _no_cost(cost: Belief) -> list[Doubt]:
    if cost.sign != 0:
        return []
    return [
        Doubt(
            "no_cost",
            "It cannot be seen that the test moved any money, so there is an effect and no return. Give the column of spend, and check that treated places "
            "spent more or less during the test than before.",
            is_serious=True,
        )
    ]


def _too_short(scene: _Scene) -> list[Doubt]:
    before, counted = int(scene.test.before.sum()), int(scene.test.counted.sum())
    if before * scene.test.step_days >= 7 * _FEW_WEEKS and before >= max(counted, _FEW_ROWS):
        return []
    unit = "days" if scene.test.step_days == 1 else "weeks"
    return [
        Doubt(
            "too_little_before",
            f"Only {before} {unit} before the test, for {counted} {unit} that count: how the groups go together is hardly known. Four weeks and as long as the "
            "test itself are the least.",
            is_serious=True,
        )
    ]


def _within_a_week(test: GeoTest) -> list[Doubt]:
    """A row of a week counts where its first day lies: one that the test begins or ends in counts whole, for one side or the other."""
    first, last = test.days.test_from, test.days.test_to
    week = timedelta(days=test.step_days)
    cut = [start for start in test.starts if start < first < start + week or start <= last < start + week - timedelta(days=1)]
    if not cut:
        return []
    weeks = ", ".join(start.isoformat() for start in cut)
    return [
        Doubt(
            "within_a_week",
            f"The test begins or ends within a week, of which the rows know nothing (week of {weeks}): it counts whole as the time that its first day lies in. "
            "Name the first day of the first whole week and the last day of the last one, or give days.",
            where=weeks,
            is_serious=True,
        )
    ]


def _loose(scene: _Scene) -> list[Doubt]:
    """Source: the correlation check of matched_markets (Google), Fisher's transformation: seen at least 0.8, and truly above 0.5 with 95 %."""
    before = scene.test.before
    if np.ptp(scene.treated[before]) == 0 or np.ptp(scene.control[before]) == 0:
        return [Doubt("poor_fit", "One of the groups never changes before the test, so it says nothing about the other.", is_serious=True)]
    from scipy.special import ndtri

    seen = float(np.corrcoef(scene.treated[before], scene.control[before])[0, 1])
    least = float(np.tanh(np.arctanh(_LEAST_TRUE) + float(ndtri(_SURE)) / np.sqrt(max(int(before.sum()) - 3, 1))))
    if seen >= max(_LEAST_SEEN, least):
        return []
    return [
        Doubt(
            "poor_fit",
            f"Before the test the two groups hardly go together (correlation {hundredths(seen)}, wanted {max(_LEAST_SEEN, least):.2f}): the control group does not "
            "foretell the treated one, and the range is wide.",
            is_serious=True,
        )
    ]


def _before_the_test(scene: _Scene) -> list[Doubt]:
    """A test that was none: the last third of the time before is read as if it had been one."""
    rows = np.flatnonzero(scene.test.before)
    if len(rows) < _FEW_ROWS:
        return []
    past, pretended = np.zeros((2, len(scene.treated)), dtype=bool)
    past[rows[: -(len(rows) // 3)]], pretended[rows[-(len(rows) // 3) :]] = True, True
    effect = _effect_seen(scene, past, pretended)
    if effect is None:
        return []
    return [
        Doubt(
            "effect_before",
            f"The groups drifted apart before the test began: read as a test, the last third of that time shows {whole(effect)}, where nothing was done. "
            "What follows may be more of the same.",
            is_serious=True,
        )
    ]


def _outlying_days(scene: _Scene) -> list[Doubt]:
    """Source: externally studentised residuals against the quantile of the largest of n, as in matched_markets (Google); Cook & Weisberg 1982, 2.2.1."""
    from scipy.special import stdtrit

    rows = np.flatnonzero(scene.test.before)
    off, count = scene.by_time.residual[rows], len(rows)
    spread = float((off**2).sum())
    if spread <= 0 or count < _FEW_ROWS:
        return []
    without = np.sqrt(np.maximum(spread - off**2, 1e-12 * spread) / (count - 3))
    limit = float(stdtrit(count - 3, 0.5 + 0.5 * (1.0 - _OUTLIER_CHANCE) ** (1.0 / count)))
    far = [row for row, size in zip(rows, np.abs(off) / without, strict=True) if size > limit]
    if not far:
        return []
    days = ", ".join(scene.test.starts[row].isoformat() for row in far[:5])
    return [Doubt("outlying_day", f"Unlike any other before the test: {days}. Check the rows, or start the time before later.", where=days)]


def _control_spent(test: GeoTest) -> list[Doubt]:
    spent = test.total(test.spend, treated=False)
    before, during = float(spent[test.before].mean()), float(spent[test.during].mean())
    moved = abs(float(test.total(test.spend, treated=True)[test.during].mean()) - float(test.total(test.spend, treated=True)[test.before].mean()))
    if abs(during - before) <= _CONTROL_SPENT * moved or moved == 0:
        return []
    way = "more" if during > before else "less"
    return [
        Doubt(
            "control_spent",
            f"The control places spent {way} during the test too ({whole(before)} a row before, {whole(during)} during): both groups were treated in part.",
            is_serious=True,
        )
    ]


def _hangs_together(by_time: TimeBased, mixed: Synthetic) -> list[Doubt]:
    rho = max(by_time.rho, mixed.rho)
    if rho < _HANGS_TOGETHER:
        return []
    return [
        Doubt(
            "rows_hang_together",
            f"What the control group misses stays for days (correlation of neighbouring rows {rho:.2f}), so there is less to learn from than there are rows. "
            "The range is widened for it.",
        )
    ]


def _goes_on(scene: _Scene) -> list[Doubt]:
    """Whether the last third of the cooldown still shows an effect; without a cooldown nobody looked."""
    rows = np.flatnonzero(scene.test.cooldown)
    if len(rows) == 0:
        later = sum(start > scene.test.days.last_day for start in scene.test.starts)
        offer = f" There are {later} later rows: name the last of them that should count." if later else ""
        return [Doubt("no_cooldown", f"Nothing was counted after the last day of the test: effects that come late are left out.{offer}")]
    end = np.zeros(len(scene.treated), dtype=bool)
    end[rows[-max(1, len(rows) // 3) :]] = True
    effect = _effect_seen(scene, scene.test.before, end)
    if effect is None:
        return []
    return [
        Doubt(
            "goes_on",
            f"The groups are still apart at the end of the time after the test ({whole(effect / int(end.sum()))} a row over its last third): the effect goes "
            "on and is counted in part, or something else happened to one group.",
            is_serious=True,
        )
    ]


def _effect_seen(scene: _Scene, past: BoolArray, looked_at: BoolArray) -> float | None:
    """The effect in the rows `looked_at`, told from those of the `past` [row]; None where it may as well be nothing (two-sided test at 5 %)."""
    from scipy.special import stdtrit

    found = regress_on_control(scene.treated, scene.control, past, looked_at)
    return found.effect if abs(found.effect) > float(stdtrit(found.freedom, 0.975)) * found.scale else None


def _filled(test: GeoTest) -> list[Doubt]:
    if test.filled == 0:
        return []
    share = test.filled / test.outcome.size
    return [Doubt("missing_rows", f"{test.filled} rows of a place and day are missing ({share:.1%}) and count as 0.", is_serious=share > 0.02)]

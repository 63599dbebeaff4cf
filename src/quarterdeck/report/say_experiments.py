"""Tests in sentences: what was found, how sure that is, what speaks against it, and what it does to the prior of a channel's return."""

from __future__ import annotations

from quarterdeck.response.curves.summary import Summary
from quarterdeck.response.experiments.combine import ExperimentBelief
from quarterdeck.response.experiments.evidence import Evidence
from quarterdeck.response.experiments.reading import GeoReading
from quarterdeck.response.experiments.split import SplitReading
from quarterdeck.response.experiments.spoken import Doubt

_Z80 = 1.2815515655446004
_MUCH, _OLD = 0.15, 1.0


_WAYS = {"time_based_regression": "time-based regression", "synthetic_control": "synthetic control", "geo_regression": "geo regression"}


def say_reading(reading: GeoReading, evidence: Evidence | None) -> list[str]:
    """The answer, each way of reading, what it is as evidence, then what speaks against it."""
    test = reading.test
    unit = "days" if test.step_days == 1 else "weeks"
    effect, ways = reading.effect.summary(), {way.name: way for way in reading.ways}
    lift = f", {reading.lift.p50:.1%} of what was expected without it" if reading.lift else ""
    sentences = [
        f"{int(test.is_treated.sum())} treated and {int((~test.is_treated).sum())} control places, {int(test.before.sum())} {unit} before the test, "
        f"{int(test.during.sum())} in it, {int(test.cooldown.sum())} after it that count.",
        f"The test brought {_spread(effect)} beyond what would have come without it{lift}.",
    ]
    if reading.returns is not None:
        cost = float(reading.cost.location.mean())
        moved = "added" if cost > 0 else "saved"
        sentences.append(
            f"It {moved} {_figure(abs(cost))} of spend: each unit of money {moved} is worth {_spread(reading.returns.summary())} of the outcome."
        )
    by = [f"{_WAYS[name]} {_spread((way.returns or way.effect).summary())}" for name, way in ways.items()]
    sentences.append(f"{'Return' if reading.returns is not None else 'Effect'} by each way: {'; '.join(by)}.")
    if reading.is_agreed:
        sentences.append(
            "Time-based regression and synthetic control agree within their ranges; the answer pools them. Geo regression is a check beside them."
        )
    return [*sentences, *_as_evidence(evidence), *_against(reading.findings)]


def say_split(reading: SplitReading, evidence: Evidence | None) -> list[str]:
    """The answer of a hold-out or an A/B test, what it is as evidence, then what speaks against it."""
    lift = f", {reading.lift.p50:.1%} of what it would have brought" if reading.lift else ""
    sentences = [f"The treated group brought {_spread(reading.effect)} beyond what it would have{lift}."]
    if reading.returns is not None:
        moved = "added" if reading.cost > 0 else "saved"
        sentences.append(f"For {_figure(abs(reading.cost))} {moved}: each unit of money {moved} is worth {_spread(reading.returns)}.")
    return [*sentences, *_as_evidence(evidence), *_against(reading.doubts)]


def _as_evidence(evidence: Evidence | None) -> list[str]:
    if evidence is None or not evidence.channel:
        return []
    mean, sd = _figure(evidence.mean), _figure(evidence.sd)
    return [f"As evidence on {evidence.channel}, a fit would start from a return of {mean} with a standard error of {sd}."]


def _against(doubts: tuple[Doubt, ...]) -> list[str]:
    return [("Careful: " if found.is_serious else "Note: ") + found.text for found in doubts]


def say_found(belief: ExperimentBelief) -> tuple[str, ...]:
    """One sentence a test: its days, its method, its return with the range of 8 cases in 10, and what is doubtful."""
    return tuple(_found(one) for one in belief.evidence)


def say_done(belief: ExperimentBelief) -> tuple[str, ...]:
    """What the tests do to the prior of the channel's return: where the fit starts, and why it is wider than the tests alone."""
    prior = belief.prior
    number = "the test" if len(belief.evidence) == 1 else f"{len(belief.evidence)} tests together"
    sentences = [
        f"From {number} the fit starts with a return of {_figure(prior.mean)} ({_range(prior.mean, prior.sd)} in 8 cases of 10) for {belief.channel}, "
        "and the facts move it from there."
    ]
    if belief.is_at_odds:
        sentences.append("The tests are at odds by more than their ranges allow: no one of them can be taken for the channel, and the range is wide.")
    old = [one for one in belief.evidence if one.years_old(belief.as_of) >= _OLD]
    if old:
        ages = ", ".join(f"{one.name} {one.years_old(belief.as_of):.1f} years" for one in old)
        sentences.append(f"Old tests count less, because returns change: {ages}.")
    off = [one for one in belief.evidence if one.off_average() > _MUCH]
    sentences += [_off_average(one) for one in off]
    if len(belief.evidence) > 1:
        shares = ", ".join(f"{one.name} {weight:.0%}" for one, weight in zip(belief.evidence, belief.weights, strict=True))
        sentences.append(f"Weight of each: {shares}.")
    if prior.mean - _Z80 * prior.sd < 0.0:
        sentences.append("No return at all is among what they leave possible.")
    return tuple(sentences)


def _found(one: Evidence) -> str:
    how = f", {one.how}" if one.how else ""
    text = (
        f"{one.name} ({one.first_day.isoformat()} to {one.last_day.isoformat()}{how}): each unit of money brought {_figure(one.mean)} of {one.metric} "
        f"({_range(one.mean, one.sd)} in 8 cases of 10)."
    )
    return " ".join([text, *one.doubts])


def _off_average(one: Evidence) -> str:
    if one.spend is None:
        return f"{one.name}: it is not known at which spend it was made, so its return may be off the channel's average; the range is widened."
    return (
        f"{one.name} moved spend between {_figure(one.spend.low)} and {_figure(one.spend.high)} a week where {_figure(one.spend.usual)} is usual. It measured the "
        "return of the money added or taken away, which is not the average return. So the range is widened."
    )


def _spread(found: Summary) -> str:
    """The middle and the range of 9 cases in 10."""
    return f"{_figure(found.p50)} ({_figure(found.p05)} to {_figure(found.p95)} in 9 cases of 10)"


def _range(mean: float, sd: float) -> str:
    return f"{_figure(mean - _Z80 * sd)} to {_figure(mean + _Z80 * sd)}"


def _figure(value: float) -> str:
    return (f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}").replace("-", "\N{MINUS SIGN}")

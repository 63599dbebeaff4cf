"""The review in sentences: the gap, its causes, what was judged and what should change."""

from __future__ import annotations

from quarterdeck.report.say_plan import say_outlook
from quarterdeck.report.words import Words
from quarterdeck.review.record import CauseFound, CorrectionDraft, Review
from quarterdeck.strategy.document import Strategy

_SAID_TOGETHER = {
    "spend": "Money was spent otherwise than planned",
    "context": "Season and context came otherwise than assumed",
    "exposure": "More or less went out unpaid than assumed",
}


def say_gap(review: Review, words: Words) -> str:
    """ "After 4 weeks you are 108 new customers behind plan: 1,312 instead of 1,420." """
    weeks = len(review.weeks)
    counted, planned = words.amount(review.counted, review.metric), words.amount(review.planned, review.metric)
    span = f"After {weeks} {'week' if weeks == 1 else 'weeks'} you are "
    if abs(review.gap) < 0.005 * abs(review.planned):
        return f"{span}where the plan said: {words.with_unit(review.counted, review.metric)}, planned {planned}."
    side = "ahead of" if review.gap > 0 else "behind"
    return f"{span}{words.with_unit(abs(review.gap), review.metric)} {side} plan: {counted} instead of {planned}."


def say_cause(cause: CauseFound, metric: str, words: Words) -> str:
    """One cause with its amount, in words: "Newspaper inserts worked worse than expected: −58." """
    name, amount = words.name(cause.subject), words.signed(cause.amount, metric)
    better = cause.amount > 0
    said = {
        "spend": f"{name} got {'more' if better else 'less'} money than planned",
        "late": f"{name} was held up by late work",
        "effect": f"{name} worked {'better' if better else 'worse'} than expected",
        "context": f"{name.capitalize()} was {'kinder' if better else 'less kind'} than the plan assumed",
        "exposure": f"{'More' if better else 'Less'} went out by {name} than assumed",
        "demand": f"People bought {'more' if better else 'less'} than season and context explain",
        "tracking": "Orders happened that were not counted",
        "chance": "Chance, which nothing here explains",
    }[cause.kind]
    doubt = ""
    if cause.low is not None and cause.high is not None:
        doubt = f" ({words.signed(cause.low, metric)} to {words.signed(cause.high, metric)})"
    return f"{said}: {amount}{doubt}."


def say_review(review: Review, strategy: Strategy) -> tuple[str, ...]:
    """The whole review, most important first."""
    words = Words.of(strategy)
    sentences = [say_gap(review, words), *say_causes(review, words), say_forecast_quality(review, words)]
    sentences += [verdict.sentence for verdict in review.channels if verdict.verdict in ("stop", "change")]
    sentences += [f"From here: {say_outlook(outlook, words)}" for outlook in review.outlook if outlook.metric == review.metric]
    if not review.corrections:
        return (*sentences, "Nothing needs to be corrected.")
    sentences.append(f"{len(review.corrections)} {'correction is' if len(review.corrections) == 1 else 'corrections are'} proposed:")
    return (*sentences, *[say_correction(correction) for correction in review.corrections])


def say_causes(review: Review, words: Words, *, most: int = 5) -> list[str]:
    """The causes in groups of a kind where a kind has many members, largest first, small ones together, chance last; their sum is the gap."""
    groups = sorted(_grouped(review), key=lambda group: -sum(abs(cause.amount) for cause in group))
    shown, rest = groups[:most], [cause for group in groups[most:] for cause in group]
    sentences = [_say_group(group, review.metric, words) for group in shown]
    if rest:
        sentences.append(
            f"{len(rest)} smaller {'cause' if len(rest) == 1 else 'causes'} together: {words.signed(sum(cause.amount for cause in rest), review.metric)}."
        )
    return sentences + [say_cause(cause, review.metric, words) for cause in review.causes if cause.kind == "chance"]


def say_main_cause(review: Review, words: Words) -> str:
    """The largest cause of what came out more or less than planned, in brief: "Season and context came otherwise than assumed (−131, most of it own price index −115)." """
    groups = _grouped(review)
    same_side = [group for group in groups if sum(cause.amount for cause in group) * review.gap > 0]
    group = max(same_side or groups, key=lambda group: abs(sum(cause.amount for cause in group)))
    if len(group) == 1:
        said = say_cause(group[0], review.metric, words).split(": ")[0]
        return f"{said} ({words.signed(group[0].amount, review.metric)})."
    total = sum(cause.amount for cause in group)
    largest = max(group, key=lambda cause: abs(cause.amount) if cause.amount * total > 0 else 0.0)
    most = f"most of it {words.name(largest.subject)} {words.signed(largest.amount, review.metric)}"
    return f"{_SAID_TOGETHER[group[0].kind]} ({words.signed(total, review.metric)}, {most})."


def _grouped(review: Review) -> list[list[CauseFound]]:
    """Causes that are said in one sentence: all money spent otherwise, all of the season and context; every other one by itself."""
    groups: dict[str, list[CauseFound]] = {}
    for cause in review.causes:
        if cause.kind != "chance":
            groups.setdefault(cause.kind if cause.kind in _SAID_TOGETHER else cause.code, []).append(cause)
    return list(groups.values())


def _say_group(group: list[CauseFound], metric: str, words: Words) -> str:
    if len(group) == 1:
        return say_cause(group[0], metric, words)
    total = words.signed(sum(cause.amount for cause in group), metric)
    largest = sorted(group, key=lambda cause: -abs(cause.amount))[:3]
    named = ", ".join(f"{words.name(cause.subject)} {words.signed(cause.amount, metric)}" for cause in largest)
    return f"{_SAID_TOGETHER[group[0].kind]}: {total} in all; most of it {named}."


def say_forecast_quality(review: Review, words: Words) -> str:
    """How well the forecast for the money really spent did: its error, and how many weeks its interval held."""
    if review.as_spent_error is None:
        return "Nothing was counted yet, so the forecast cannot be judged."
    return (
        f"For the money that was really spent, the forecast missed a week by {words.share(review.as_spent_error)} on average, and "
        f"{review.weeks_covered} of {len(review.weeks)} weeks lay in its 80 % range."
    )


def say_correction(correction: CorrectionDraft) -> str:
    """Its key, title, expected effect and evidence."""
    return f"[{correction.key}] {correction.title} {correction.expected_text} {correction.evidence}"

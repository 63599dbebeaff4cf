"""The trial of a channel that never had money, in sentences: how much, for how long, and when to stop."""

from __future__ import annotations

from quarterdeck.report.charts.labels import is_money, name_of, whole_money
from quarterdeck.report.say_results import weeks_in_words
from quarterdeck.report.words import Words
from quarterdeck.response.learning.trial import Trial

_NEVER, _ALWAYS = 0.01, 0.99


def say_trial(trial: Trial, name: str, words: Words) -> str:
    """`Try social for six weeks with £100 a week, £600 in all`; the name as within a sentence."""
    return f"Try {name} for {weeks_in_words(trial.weeks)} with {whole_money(_whole(trial.a_week), words)} a week, {whole_money(_whole(trial.money), words)} in all"


def say_stop_rule(trial: Trial, metric: str, words: Words) -> str:
    """When to stop, and what is then known; why there is no rule where no count would change the decision."""
    if not _NEVER < trial.chance_to_stop < _ALWAYS or trial.go_on_from <= 0:
        return "So little money cannot change the answer: whatever comes of it, the decision would stay the same."
    least = words.amount(trial.go_on_from, metric) if is_money(metric) else words.count(trial.go_on_from)
    what = name_of(metric).lower()
    came = "came through it (ask people, or use a code or a link of its own)" if trial.is_tracked else "came on top of what was to be expected"
    fewer = f"less than {least} of {what}" if is_money(metric) else f"fewer than {least} {what}"
    return (
        f"Stop after {weeks_in_words(trial.weeks)} or {whole_money(_whole(trial.money), words)} if {fewer} {came}: "
        f"the chance that it pays is then {words.chance(trial.pays_if_fewer)}. With as many or more it is {words.chance(trial.pays_if_more)}; go on."
    )


def say_why_trial(trial: Trial, words: Words) -> str:
    """What the chances are now, and whether trying is worth its money."""
    now = f"Today the chance that it pays is {words.chance(trial.pays_before)}, from belief alone."
    if trial.is_worth_it:
        return f"{now} Trying first is worth about {whole_money(_whole(max(trial.worth - trial.costs, 0.0)), words)} more than deciding blindly."
    if trial.pays_before < 0.5:
        return f"{now} Trying it would cost more than it teaches: leave it, unless you know something that the figures do not."
    return f"{now} A trial would change little: it can begin with this amount, and the rule keeps watch."


def _whole(amount: float) -> float:
    return round(amount) if amount >= 10 else round(amount, 2)

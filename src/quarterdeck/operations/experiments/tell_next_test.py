"""tell_next_test: for a fit of a file, the one change of spend that would teach most, in a sentence."""

from __future__ import annotations

from quarterdeck.report.say_next_test import say_what_it_teaches, say_what_to_do
from quarterdeck.report.words import Words
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.learning.next_test import propose_test
from quarterdeck.response.series.series import WEEK


def tell_next_test(fit: object) -> list[str]:
    """Nothing for days, for geos (a test in some of them is better: `quarterdeck experiment`), and where no test would teach enough."""
    if not isinstance(fit, ResponseFit) or fit.series.step_days != WEEK:
        return []
    test = propose_test(fit)
    if test is None:
        return []
    do = say_what_to_do(test, test.design.channel, test.design.other or "", Words(), today=fit.weeks[-1])
    return [f"The one test that would teach most: {do[0].lower()}{do[1:]}. {say_what_it_teaches(test, test.design.channel)}"]

"""What waits for one person as steps, one function a kind of thing, each with its effect and the way to act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quarterdeck.kernel.periods import Quarter
from quarterdeck.operations.quarter.look_at_quarter import QuarterLook
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.say_answer import main_outlook
from quarterdeck.report.say_quarter import number_word, tight
from quarterdeck.report.say_waiting import (
    say_chance_change,
    say_cheapest,
    say_collision,
    say_expected,
    say_expected_change,
    say_late,
    say_overload,
    say_whose,
)
from quarterdeck.report.words import how_many

WEEKS_TO_REVIEW = 4
STALE_FACTS_DAYS = 9
_FIXES = ("decide_correction", "approve_plan", "review_quarter", "save_strategy")


@dataclass(frozen=True)
class Step:
    """One thing to do. `is_post`: the button acts at once; else it leads to the page where one acts."""

    sentence: str
    why: str
    label: str
    href: str
    is_main: bool = False
    """Whether it is this person's to do: others get a quiet link to look at it."""
    is_post: bool = False
    is_done: bool = False
    is_fix: bool = False
    """It changes what is expected of the quarter."""


class Ways:
    """The steps for one person, one method a kind of thing."""

    def __init__(self, desk: Desk, look: QuarterLook) -> None:
        self.desk, self.look, self.words = desk, look, desk.words
        self.now, self.waits = look.standing.situation, look.waiting

    def beginning(self) -> Iterator[Step]:
        """From nothing to the first plan."""
        has_strategy, missing = self.now.strategy is not None, self.waits.missing_tables
        yield self._step(
            "Write the strategy",
            "What you want, for whom and by when. Start from an example and change what differs.",
            needs="save_strategy",
            act="Write the strategy" if not has_strategy else "Open the strategy",
            look="Look at the strategy",
            path="strategy/",
            is_done=has_strategy,
        )
        yield self._step(
            f"Bring in {' and '.join(missing)}" if missing else "Bring in spend and outcomes",
            "A file for each: what was spent by channel, and what came of it. Twenty weeks make a forecast possible, two years a good one.",
            needs="import_facts",
            act="Bring in facts",
            look="Look at the facts",
            path="settings/imports/",
            is_done=not missing,
        )
        yield self._make_plan("Make the plan of the quarter", "Money by channel, work by person, content by day, with the chance of each objective.")

    def waiting(self) -> Iterator[Step]:
        """Everything that waits, the weightiest first."""
        for kind in (
            self._unknown,
            self._corrections,
            self._plan,
            self._over,
            self._collisions,
            self._overloads,
            self._late,
            self._approvals,
            self._review,
            self._facts,
            self._errors,
            self._refused,
            self._due_soon,
        ):
            yield from kind()

    def _unknown(self) -> Iterator[Step]:
        if self.waits.unknown:
            many = how_many(self.waits.unknown, "thing")
            why = "Nobody knows whether they happened. Nothing is tried again before somebody has looked."
            yield self._step(
                f"{many} may or may not have gone out", why, needs="settle_unknown", act="Say what happened", look="Look at them", path="do/"
            )

    def _corrections(self) -> Iterator[Step]:
        if not self.waits.corrections or self.now.review is None:
            return
        first, rest = self.waits.corrections[0], len(self.waits.corrections) - 1
        brings = say_expected(first.expected, self.now.review.metric, self.words, is_profit=first.is_profit) or first.expected_text
        more = f" {number_word(rest).capitalize()} more {'correction waits' if rest == 1 else 'corrections wait'} beside it." if rest else ""
        yield self._step(
            first.title.rstrip("."), f"{brings}{more}", needs="decide_correction", act="Look and decide", look="Look at it", path="review/"
        )

    def _plan(self) -> Iterator[Step]:
        plan = self.waits.plan
        if self.waits.is_plan_outdated:
            yield self._make_plan(
                "Plan again: the strategy was changed",
                "The plan in force was made for an earlier strategy. It stays in force until a new one is approved.",
            )
        elif plan is not None and plan.is_stale:
            yield self._make_plan(
                f"Plan {plan.quarter} again", f"Plan {plan.number} can no longer be approved: the strategy or the facts changed since it was made."
            )
        elif plan is not None:
            effect = say_chance_change(plan.chance_now, plan.chance_then, self.words, is_first=plan.is_first, target=self._target_of(plan.metric))
            more = say_expected_change(plan.expected_now, plan.expected_then, plan.metric, self.words)
            yield self._step(
                f"Approve plan {plan.number} of {plan.quarter}",
                f"{effect}{' ' if more else ''}{more} Nothing is spent or sent before you approve it.",
                needs="approve_plan",
                act="Look and approve",
                look="Look at the plan",
                path="plan/",
            )

    def _target_of(self, metric: str) -> str:
        """What the money is placed for, as the strategy says it: "4,500 new customers"."""
        objectives = self.now.strategy.objectives if self.now.strategy is not None else ()
        wanted = next((objective.target for objective in objectives if objective.metric == metric), None)
        return "the first objective" if wanted is None else self.words.with_unit(wanted, metric)

    def _over(self) -> Iterator[Step]:
        plan = self.now.plan
        if not self.waits.is_over or plan is None:
            return
        reviewed = self.now.review is not None and self.now.review.quarter == plan.quarter and self.now.review.as_of >= plan.period.last_day
        if not reviewed:
            why = "All thirteen weeks are counted. The review says what came of the plan, why, and what the next one should do."
            yield self._step(
                f"Close {plan.period.label}", why, needs="review_quarter", act="Close the quarter", look="Look at the review", path="review/"
            )
        coming = Quarter(plan.quarter).next()
        if self.waits.plan is None:
            yield self._make_plan(f"Plan {coming.label}", f"It begins on {self.words.day(coming.first_day)}, and nothing is planned for it yet.")

    def _collisions(self) -> Iterator[Step]:
        for each in self.look.collisions:
            why = each.collision.sentence if each.ways_out is None else f"{each.ways_out.sentence} {say_cheapest(each.ways_out, self.words)}"
            sentence = say_collision(each.collision, self.words)
            yield self._step(sentence, why, needs="save_strategy", act="Choose a way out", look="Look at it", path="plan/conflicts/")

    def _overloads(self) -> Iterator[Step]:
        for overload in self.waits.overloads[:1]:
            sentence = say_overload(overload, self.words)
            yield self._step(sentence, overload.sentence, needs="save_strategy", act="Open the work", look="Look at the work", path="plan/work/")

    def _late(self) -> Iterator[Step]:
        for task in self.waits.late:
            yield self._step(
                say_late(task.title, task.due_on, self.desk.day),
                say_whose(task.person, task.waiting, task.held_up, self.words),
                needs="log_work",
                act="Open the work",
                look="Look at the work",
                path="plan/work/",
            )

    def _approvals(self) -> Iterator[Step]:
        if not self.waits.approvals or self.waits.plan is not None:
            return
        many = self.waits.approvals
        sentence = f"{number_word(many).capitalize()} {'thing waits' if many == 1 else 'things wait'} for approval"
        money = f"{self.words.money(self.waits.approvals_money)} goes out with them. " if self.waits.approvals_money else ""
        yield self._step(
            sentence, f"{money}Nothing leaves without a yes.", needs="approve_action", act="Look and approve", look="Look at them", path="do/"
        )

    def _review(self) -> Iterator[Step]:
        weeks = self.waits.weeks_unreviewed
        if weeks < WEEKS_TO_REVIEW or self.waits.is_over:
            return
        why = "It splits the gap between plan and fact into its causes and says what should change."
        yield self._step(
            f"Review the plan: {number_word(weeks)} weeks have passed without one",
            why,
            needs="review_quarter",
            act="Review now",
            look="Look at the reviews",
            path="review/",
        )

    def _facts(self) -> Iterator[Step]:
        missing, until = self.waits.missing_tables, self.waits.facts_until
        if missing:
            why = "Without it nobody can say what the money brings."
            yield self._step(
                f"Bring in {' and '.join(missing)}",
                why,
                needs="import_facts",
                act="Bring in facts",
                look="Look at the facts",
                path="settings/imports/",
            )
        elif until is not None and (self.desk.day - until).days > STALE_FACTS_DAYS:
            sentence = f"Bring in newer facts: they end on {self.words.day(until)}"
            why = f"{how_many((self.desk.day - until).days - 1, 'day')} since then are not counted anywhere on this page."
            yield self._step(sentence, why, needs="import_facts", act="Bring in facts", look="Look at the facts", path="settings/imports/")

    def _errors(self) -> Iterator[Step]:
        if not self.waits.errors:
            return
        first, many = self.waits.errors[0], len(self.waits.errors)
        sentence = f"The strategy contradicts itself in {number_word(many)} {'place' if many == 1 else 'places'}"
        yield self._step(
            sentence,
            f"First: {first.found}, expected {first.expected}. {first.fix}",
            needs="save_strategy",
            act="Mend it",
            look="Look at it",
            path="strategy/",
        )

    def _refused(self) -> Iterator[Step]:
        outlook = main_outlook(self.now)
        if outlook is None or (outlook.chance is not None and outlook.by_level is None) or self.waits.is_over or self.waits.missing_tables:
            return
        why = "Plan again once more weeks are counted. Whoever knows better may overrule the check with a reason, and the plan says so."
        sentence = "Nobody can say what your money brings: no curves can be trusted yet"
        yield self._step(sentence, why, needs="plan_quarter", act="Look at the plan", look="Look at the plan", path="plan/")

    def _due_soon(self) -> Iterator[Step]:
        due = self.waits.due_soon
        if not due:
            return
        first, last = due[0], due[-1]
        sentence = f"{number_word(len(due)).capitalize()} {'piece of work is' if len(due) == 1 else 'pieces of work are'} due by {self.words.day(last.due_on)}"
        whose = f", by {self.words.name(first.person)}" if first.person else ""
        yield self._step(
            sentence,
            f"First “{first.title}”, on {self.words.day(first.due_on)}{whose}.",
            needs="log_work",
            act="Open the work",
            look="Look at the work",
            path="plan/work/",
        )

    def _make_plan(self, sentence: str, why: str) -> Step:
        may = self.desk.may("plan_quarter") and self.now.strategy is not None
        href = f"/w/{self.desk.slug}/plan/make/" if may else f"/w/{self.desk.slug}/plan/"
        return Step(tight(sentence), tight(why), "Make the plan" if may else "Look at the plan", href, is_main=may, is_post=may, is_fix=True)

    def _step(self, sentence: str, why: str, *, needs: str, act: str, look: str, path: str, is_done: bool = False) -> Step:
        may = self.desk.may(needs)
        return Step(
            tight(sentence), tight(why), act if may else look, f"/w/{self.desk.slug}/{path}", is_main=may, is_done=is_done, is_fix=needs in _FIXES
        )

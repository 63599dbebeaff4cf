"""draft_corrections: what should change, as diffs of the strategy. Each answers a material cause; take the gap away and they are gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from quarterdeck.response.series.series import FloatArray
from quarterdeck.review.corrections_money import Ahead, move_money
from quarterdeck.review.record import CauseFound, CorrectionDraft
from quarterdeck.strategy.document import Strategy


def draft_corrections(
    causes: Sequence[CauseFound], strategy: Strategy, ahead: Ahead | None, *, effect: FloatArray, aim: str, as_of: date, weeks_late: dict[str, int]
) -> tuple[CorrectionDraft, ...]:
    """The corrections for the material causes, money first. `effect [channel]` is 1 where a channel worked as fitted;
    `weeks_late` says by campaign how long late work held it up. No weeks ahead (`None`): only what needs no money is drafted.
    """
    material = [cause for cause in causes if cause.is_material]
    drafts: list[CorrectionDraft] = []
    if ahead is not None and ahead.weeks:
        drafts += move_money(material, strategy, ahead, effect=effect, aim=aim)
    asked: set[str] = set()
    for cause in material:  # largest first; one question about money and one about demand are enough
        if cause.kind not in asked:
            drafts += _answer(cause, strategy, as_of=as_of, weeks_late=weeks_late)
        if cause.kind in ("spend", "demand"):
            asked.add(cause.kind)
    return tuple(drafts)


def _answer(cause: CauseFound, strategy: Strategy, *, as_of: date, weeks_late: dict[str, int]) -> list[CorrectionDraft]:
    if cause.kind == "tracking":
        return [_mend_tracking(cause, strategy, as_of)]
    if cause.kind == "late":
        return _extend_campaigns(cause, strategy, weeks_late)
    if cause.kind in ("spend", "demand"):
        return [_ask(cause, strategy, as_of)]
    return []


def _mend_tracking(cause: CauseFound, strategy: Strategy, as_of: date) -> CorrectionDraft:
    task = {
        "id": f"mend-tracking-{as_of.isoformat()}",
        "title": "Find out why orders were not counted, mend it and test it with one order",
        "serves": strategy.objectives[0].id if strategy.objectives else strategy.channels[0].id,
        "importance": 5,
        "effort_hours": "4",
        "due_on": (as_of + timedelta(days=7)).isoformat(),
    }
    place = f"management.tasks[{task['id']}]"
    return CorrectionDraft(
        key="tracking",
        kind="tracking",
        title="Mend the tracking.",
        because=cause.code,
        changes={place: task},
        before={place: None},
        expected_text="It brings no customer by itself; without it every later figure is too low.",
        evidence="Days were counted far below what their own weekday and season say.",
    )


def _extend_campaigns(cause: CauseFound, strategy: Strategy, weeks_late: dict[str, int]) -> list[CorrectionDraft]:
    changes, before = {}, {}
    for campaign in strategy.campaigns:
        late = weeks_late.get(campaign.id, 0)
        if late and cause.subject in campaign.channels:
            place = f"campaigns[{campaign.id}].ends_on"
            changes[place] = (campaign.ends_on + timedelta(weeks=late)).isoformat()
            before[place] = campaign.ends_on.isoformat()
    if not changes:
        return []
    return [
        CorrectionDraft(
            key=f"late-{cause.subject}",
            kind="work",
            title="Let the campaigns that late work held up run longer.",
            because=cause.code,
            changes=dict(changes),
            before=dict(before),
            expected_text="What was held up can still be spent and bring its share.",
            evidence="The work log shows when the work was done, the spend shows what waited for it.",
        )
    ]


def _ask(cause: CauseFound, strategy: Strategy, as_of: date) -> CorrectionDraft:
    text = (
        "What made people buy otherwise than season and context explain?"
        if cause.kind == "demand"
        else f"Why was money spent otherwise than planned, most of all for {_name(strategy, cause.subject)}?"
    )
    question = {
        "id": f"why-{cause.kind}-{as_of.isoformat()}",
        "step": 8,
        "text": text,
        "due_on": (as_of + timedelta(days=14)).isoformat(),
    }
    owner = next((objective.owner for objective in strategy.objectives if objective.owner), None)
    if owner:
        question["owner"] = owner
    place = f"questions[{question['id']}]"
    return CorrectionDraft(
        key=f"ask-{cause.kind}",
        kind="question",
        title=f"Find out: {text}",
        because=cause.code,
        changes={place: question},
        before={place: None},
        expected_text="The answer decides whether the next plan can count on it.",
        evidence="The figures show that it happened, not why.",
    )


def _name(strategy: Strategy, channel: str | None) -> str:
    return next((each.name or each.id for each in strategy.channels if each.id == channel), channel or "")

"""Reviews as tests need them: the one of the played shop with other corrections, saved as the newest."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from world import NOW, OWNER

from quarterdeck.operations.site import Site
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.review.record import CorrectionDraft, MoneyMove, Review, render_review


def context_of(site: Site, person: str = OWNER) -> Any:
    from quarterdeck.operations.context import open_context

    return open_context(site, "harbour", person, now=NOW)


def latest_record(site: Site) -> Any:
    return context_of(site).workspace.reviews.order_by("-as_of", "-pk").first()


def latest_review(site: Site) -> Review:
    from quarterdeck.operations.plan.read_plan import review_of

    return review_of(latest_record(site))


def save_review(site: Site, **changes: Any) -> Any:
    """The latest review with these fields changed, as the newest; its corrections wait."""
    from quarterdeck.ledger.gateway.reviews import propose_correction, record_review

    review = latest_review(site).model_copy(update=changes)
    record, _ = record_review(context_of(site).workspace, quarter=review.quarter, as_of=review.as_of, body=render_review(review), now=NOW)
    for draft in review.corrections:
        propose_correction(
            record,
            key=draft.key,
            title=draft.title,
            changes=draft.changes,
            expected=draft.expected.model_dump() if draft.expected else None,
            evidence=draft.evidence,
        )
    return record


def money_correction(site: Site) -> CorrectionDraft:
    """Less for newspaper inserts, from the limit that the strategy has."""
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    channel = next(each for each in current_strategy(context_of(site)).strategy.channels if each.id == "print")
    assert channel.spend is not None
    return CorrectionDraft(
        key="money",
        kind="money",
        title="Move money from Newspaper inserts to Search.",
        because="effect:print",
        changes={"channels[print].spend.cap": "9800"},
        before={"channels[print].spend.cap": str(channel.spend.cap)},
        money=(
            MoneyMove(channel="print", was=Decimal(7600), becomes=Decimal(6000)),
            MoneyMove(channel="search", was=Decimal(40000), becomes=Decimal(41600)),
        ),
        expected=Range(low=12.0, expected=57.0, high=104.0),
        expected_text="Within 9 weeks and their after-effect it should bring 57 new customers more than leaving things as they are (12 to 104).",
        evidence="It rests on the weeks just counted, and on the curves fitted up to 2027-01-03.",
    )


def work_correction(site: Site) -> CorrectionDraft:
    """A campaign runs two weeks longer."""
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    campaign = current_strategy(context_of(site)).strategy.campaigns[0]
    place = f"campaigns[{campaign.id}].ends_on"
    return CorrectionDraft(
        key="late-video",
        kind="work",
        title="Let the campaigns that late work held up run longer.",
        because="late:video",
        changes={place: (campaign.ends_on + timedelta(weeks=2)).isoformat()},
        before={place: campaign.ends_on.isoformat()},
        expected_text="What was held up can still be spent.",
        evidence="The work log shows when the work was done.",
    )


def correction_of(site: Site, key: str) -> Any:
    return latest_record(site).corrections.get(key=key)


def text_of(answer: Any) -> str:
    """What a page says, spaces joined, without marks of HTML."""
    import html
    import re

    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())

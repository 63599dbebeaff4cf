"""Where the rows behind a review are shown."""

from __future__ import annotations

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.review.record import Review


def cause_links(review: Review, desk: Desk, asked: str | None) -> dict[str, str]:
    """The page of each cause, each kind of causes, the small ones and chance; `asked` names a review that is not the latest."""
    root, tail = f"/w/{desk.slug}/review/causes/", f"?review={asked}" if asked else ""
    single = {cause.code: f"{root}{cause.code}/{tail}" for cause in review.causes}
    return single | {kind: f"{root}{kind}/{tail}" for kind in ("spend", "context", "exposure")} | {"rest": f"{root}{tail}"}

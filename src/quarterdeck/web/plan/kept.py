"""After a change of the strategy from a page of the plan: what was kept, how to take it back, and the page to go to."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.change_strategy import Changed
from quarterdeck.web.notices import Undo, notice, plan_again


def say_kept(request: HttpRequest, desk: Desk, changed: Changed) -> None:
    """The notice with its Undo; that nothing changed, when nothing did."""
    if not changed.is_new:
        notice(request, "The strategy says so already; nothing was changed.", look="info")
        return
    undo = Undo(f"/w/{desk.slug}/strategy/undo/", {"revision": str(changed.revision)})
    notice(
        request,
        *changed.sentences[:6],
        "Plan again once you are done, so that money, work and approvals follow.",
        undo=undo,
        also=plan_again(desk.slug, may=desk.may("plan_quarter")),
    )


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page of this company that the form named as the one to go back to; `otherwise` when it names none, or one elsewhere."""
    back = (request.POST if request.method == "POST" else request.GET).get("back", "")
    is_ours = back.startswith(otherwise.split("/plan/", maxsplit=1)[0] + "/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else otherwise

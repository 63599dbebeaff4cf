"""Every view against every role, a stranger of the site and somebody who is not signed in: generated from the url list, so that a new view without a
rule, or one that forgets it, fails here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from addresses import all_addresses
from world import PEOPLE

if TYPE_CHECKING:
    from django.test import Client

    from quarterdeck.operations.site import Site


def examples(site: Site) -> dict[str, str]:
    """Parts of addresses that exist in the prepared company."""
    from quarterdeck.ledger.models import Correction, Load, Plan, ReviewRecord, Workspace

    harbour = Workspace.objects.get(slug="harbour")
    draft = _draft(site)
    review = ReviewRecord.objects.filter(workspace=harbour).first()
    return {
        "step": "1",
        "draft": draft,
        "kind": "one-page",
        "number": "1",
        "job_id": "1",
        "channel": "search",
        "metric": "new_customers",
        "cause": "tracking",
        "task": "retouch_pictures",
        "item": "seed_sale_mail",
        "name": "objectives",
        "key": "new_customers",
        "part": "strategy",
        "question": "wish",
        "member": "1",
        "token": "guessed",
        "share": _share(site),
        "load": str(Load.objects.filter(workspace=harbour).first().pk),
        "plan": str(Plan.objects.filter(workspace=harbour).first().pk),
        "review": review.hash if review else "none",
        "correction": str(Correction.objects.filter(review=review).first().pk) if review else "1",
    }


def _share(site: Site) -> str:
    """The number of a link to the strategy on one page."""
    from datetime import UTC, datetime

    from quarterdeck.ledger.models import Share
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.papers.tell_shares import tell_share
    from quarterdeck.report.papers.agency_brief import Scope

    found = Share.objects.filter(workspace__slug="harbour").first()
    if found is not None:
        return str(found.pk)
    context = open_context(site, "harbour", None, now=datetime(2026, 11, 23, 9, tzinfo=UTC))
    return str(tell_share(context, "one-page", for_whom="Jane Smith", days=14, scope=Scope()).facts["share"])


def _draft(site: Site) -> str:
    """The short name of a draft that is there."""
    from datetime import UTC, datetime

    from quarterdeck.ledger.models import Draft
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.drafts.open_draft import begin_draft

    found = Draft.objects.filter(workspace__slug="harbour").first()
    return str((found or begin_draft(open_context(site, "harbour", None, now=datetime(2026, 11, 23, 9, tzinfo=UTC)), "What if")).slug)


def leave_jobs_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long work is queued and not done: what it does with a company is proven elsewhere."""
    from django.conf import settings

    monkeypatch.setattr(settings, "QUARTERDECK_JOBS_AT_ONCE", False)


def company_addresses(site: Site) -> list[Any]:
    return [address for address in all_addresses(examples(site)) if address.rule.kind == "company"]


def test_every_view_says_who_may_open_it(played):
    assert len(all_addresses(examples(played))) > 20


@pytest.mark.parametrize("person", PEOPLE)
def test_a_role_opens_what_it_may_and_nothing_else(played, browser_of: Callable[..., Client], person):
    from quarterdeck.ledger.gateway.roles import role_allows

    client = browser_of(person)
    wrong = []
    for address in company_addresses(played):
        for method, operation in (("get", address.rule.see), ("post", address.rule.act)):
            if operation is None:
                status = getattr(client, method)(address.path).status_code
                if status != 405:
                    wrong.append(f"{method} {address.path}: {status}, expected 405 (no such method)")
            elif not role_allows(PEOPLE[person], operation):
                status = getattr(client, method)(address.path).status_code
                if status != 403:
                    wrong.append(f"{method} {address.path}: {status}, expected 403 for a {PEOPLE[person]}")
            elif method == "get":
                status = client.get(address.path).status_code
                if status not in (200, 302, 404, 409):
                    wrong.append(f"get {address.path}: {status} for a {PEOPLE[person]}")

    assert wrong == []


def test_a_member_of_another_company_learns_nothing(played, browser_of):
    client = browser_of("Stranger")

    statuses = {address.path: (client.get(address.path).status_code, client.post(address.path).status_code) for address in company_addresses(played)}

    assert {path: found for path, found in statuses.items() if not set(found) <= {404, 405}} == {}


def test_who_is_not_signed_in_is_sent_to_sign_in(played):
    from django.test import Client

    client = Client()
    wrong = []
    for address in all_addresses(examples(played)):
        if address.rule.kind == "open":
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(address.path)
            if not (answer.status_code == 405 or (answer.status_code == 302 and answer["Location"].startswith("/sign-in/"))):
                wrong.append(f"{method} {address.path}: {answer.status_code}")

    assert wrong == []


def test_a_post_without_the_token_of_its_form_changes_nothing(played, browser_of):
    client = browser_of("Olena", enforce_csrf_checks=True)

    statuses = {address.path: client.post(address.path).status_code for address in company_addresses(played) if address.rule.act}

    assert {path: status for path, status in statuses.items() if status != 403} == {}


def test_an_empty_post_of_somebody_who_may_is_answered_and_never_fails(played, browser_of, monkeypatch):
    leave_jobs_undone(monkeypatch)
    client = browser_of("Olena")
    client.raise_request_exception = False

    statuses = {address.path: client.post(address.path).status_code for address in company_addresses(played) if address.rule.act}

    assert {path: status for path, status in statuses.items() if status >= 500} == {}

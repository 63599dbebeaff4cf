"""A fit that does not predict is refused by the plan until a person answers for it with a reason, and both are said."""

from __future__ import annotations

from dataclasses import replace

from loop_steps import OVERRULE, make_plan, newest_plan, the_company

REASON = "It missed the last 13 weeks by 40 % a week on average, while repeating last year would have missed by 10 %."


def test_a_plan_refuses_curves_that_missed_their_hidden_weeks_until_a_person_gives_a_reason(site_at, monkeypatch):
    # given: a company whose curves fail their check
    from quarterdeck.operations.response import fit_response

    real = fit_response._record

    def refused_record(context, series, snapshot, check, *rest, seed):
        return real(context, series, snapshot, replace(check, is_trusted=False, reasons=(REASON,)), *rest, seed=seed)

    monkeypatch.setattr(fit_response, "_record", refused_record)
    company = the_company(site_at("started"))
    # when: nobody answers for them
    said = " ".join(make_plan(company).sentences)
    refused = newest_plan(company)
    # then: the money is split as before, and it is said why and what can be done
    assert refused.provenance.curves is None
    assert refused.budget.method == "as_last_quarter"
    assert "is not used. " + REASON.rstrip(".") in said
    assert "--overrule" in said
    # when: a person does
    said = " ".join(make_plan(company, OVERRULE).sentences)
    taken = newest_plan(company)
    # then
    assert taken.provenance.curves is not None
    assert f"The reason given: {OVERRULE}" in said
    assert "--overrule" not in said

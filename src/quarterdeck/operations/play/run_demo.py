"""run_demo: the whole loop once, on the sample companies, each step in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from time import monotonic

from quarterdeck.kernel.periods import WEEKS_PER_QUARTER
from quarterdeck.kernel.problems import Problem, Refused
from quarterdeck.ledger.models import Workspace
from quarterdeck.operations.act.approve import approve_actions
from quarterdeck.operations.company.export import hand_over
from quarterdeck.operations.context import Context, open_context
from quarterdeck.operations.jobs.child_process import stop, warm_up
from quarterdeck.operations.jobs.job_kinds import PLAN_SEED
from quarterdeck.operations.jobs.jobs import start_job
from quarterdeck.operations.plan.plan_quarter import HOLDOUT_WEEKS, make_plan
from quarterdeck.operations.play.demo_companies import COMPANIES
from quarterdeck.operations.play.load_sample import SAMPLES, make_sample
from quarterdeck.operations.play.pass_week import pass_weeks
from quarterdeck.operations.quarter.answer import answer_question
from quarterdeck.operations.response.fit_response import fit_metrics
from quarterdeck.operations.review.decide_correction import decide_correction
from quarterdeck.operations.review.review_quarter import make_review
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Tell, Told, count
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy

OWNER = "Olena"


def run_demo(site: Site, *, only: str | None, now: datetime, tell: Tell) -> Iterator[Told]:
    """Each step of the loop as it is done, for Harbour and for the retailer (or `only` one of them)."""
    companies = COMPANIES if only is None else (only,)
    started = monotonic()
    warm_up()
    for name in companies:
        yield from _loop(site, name, now=now, tell=tell)
    stop()
    yield Told(
        [
            _headline("Done"),
            f"The loop ran in {monotonic() - started:.0f} seconds. Everything is kept in {site.folder}. Ask on:",
            f"  quarterdeck answer --site {site.folder} --workspace {companies[0]}",
            f"  quarterdeck status --site {site.folder} --workspace {companies[-1]}",
        ],
        {"step": "done", "site": str(site.folder), "seconds": round(monotonic() - started, 1)},
    )


def prepare_demo(site: Site, *, only: str | None, now: datetime, tell: Tell) -> Iterator[Told]:
    """Each company as it is made ready: its facts, its curves, and a plan that waits for approval. What is there already is left as it is.

    Nobody waits for the second company: its facts are loaded, and its plan is a job for the worker that serves the site.
    """
    for number, name in enumerate(COMPANIES if only is None else (only,)):
        workspace = Workspace.objects.filter(slug=name).first()
        if workspace is not None and workspace.plans.exists():
            continue
        warm_up()
        context = make_sample(site, name, owner=OWNER, now=now, tell=tell)[0] if workspace is None else open_context(site, name, OWNER, now=now)
        company = f"{context.workspace.name} ({SAMPLES[name].told})"
        if number:
            start_job(context, "plan", {"seed": PLAN_SEED})
            yield Told([f"{company}: its facts are loaded; its curves are learned and its first plan is made while you look around."])
            continue
        make_plan(context, quarter=None, overrule=None, seed=PLAN_SEED, tell=tell)
        yield Told([f"{company} is ready: its first plan waits for your approval."])
    stop()


def _loop(site: Site, name: str, *, now: datetime, tell: Tell) -> Iterator[Told]:
    context, strategy, rows = _sample(site, name, now=now, tell=tell)
    company = strategy.company.name
    yield _step(f"{company} ({SAMPLES[name].told})", Told([f"{sum(rows.values()):,} rows of facts were loaded."], {"rows": rows}))
    problems = _tell_problems(check_strategy(strategy), name="Strategy")
    yield _step(
        "1 Strategy: what we want",
        Told(
            [
                f"{count(len(strategy.objectives), 'objective')}, {len(strategy.channels)} channels, "
                f"{len(strategy.campaigns)} campaigns, "
                f"{len(strategy.content.items)} items, {len(strategy.management.tasks)} tasks, {len(strategy.management.people)} people.",
                *problems.sentences[:4],
            ],
            problems.facts,
        ),
    )
    yield _step("2 Facts and response: what happened, what works", fit_metrics(context, metric=None, holdout=HOLDOUT_WEEKS, seed=1, tell=tell))
    yield _step("3 Plan: what to do in thirteen weeks", make_plan(context, quarter=None, overrule=None, seed=1, tell=tell))
    yield _step("4 Act: approved once", approve_actions(context, everything=True))
    yield _step("5 Act: files handed over for the first week", hand_over(context, site.folder / "hand-offs" / name, week=None))
    yield _step("6 Thirteen weeks pass", pass_weeks(context, WEEKS_PER_QUARTER, tell=tell))
    yield _step("7 Review: plan against fact", make_review(context, quarter=None, tell=tell))
    yield _step("8 Correction: the strategy changes", decide_correction(context, "all", accept=True, reason="Accepted in the demo"))
    yield _step("9 The next plan", make_plan(context, quarter=None, overrule=None, seed=1, tell=tell))
    yield _step("10 How is your digital marketing going?", answer_question(context))


def _sample(site: Site, name: str, *, now: datetime, tell: Tell) -> tuple[Context, Strategy, dict[str, int]]:
    if Workspace.objects.filter(slug=name).exists():
        raise Refused(f"The demo of {name} ran here already.", fix="Run it anew with `quarterdeck demo --fresh`.", code="SAMPLE-002")
    return make_sample(site, name, owner=OWNER, now=now, tell=tell)


def _step(title: str, told: Told) -> Told:
    return Told([_headline(title), *told.sentences], {"step": title, **told.facts}, told.table)


def _headline(title: str) -> str:
    return f"\n{title}\n{'─' * len(title)}"


def _tell_problems(problems: tuple[Problem, ...], *, name: str) -> Told:
    """Problems as sentences, the worst first, with a count."""
    order = {"error": 0, "warning": 1, "hint": 2}
    ranked = sorted(problems, key=lambda problem: (order[problem.severity], problem.code, problem.where))
    counts = {severity: sum(problem.severity == severity for problem in ranked) for severity in order}
    head = f"{name}: {count(counts['error'], 'error')}, {count(counts['warning'], 'warning')}, {count(counts['hint'], 'hint')}."
    return Told(
        [head, *[f"{problem.severity}: {problem}" for problem in ranked]],
        {"errors": counts["error"], "warnings": counts["warning"], "hints": counts["hint"], "problems": [problem.to_dict() for problem in ranked]},
    )

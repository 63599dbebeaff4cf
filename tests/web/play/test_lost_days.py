"""Days that tracking lost: curves learn as if they had been recorded, and no count is made larger by it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

LOST = date(2027, 1, 18)


def test_what_tracking_lost_is_filled_in_for_learning_alone(played):
    from quarterdeck.lake.snapshot import open_snapshot
    from quarterdeck.ledger.gateway.loads import snapshot_of
    from quarterdeck.ledger.models import Workspace
    from quarterdeck.operations.context import Context
    from quarterdeck.operations.plan.read_plan import review_of
    from quarterdeck.operations.response.read_series import read_missing, read_outcome, read_series
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    harbour = Workspace.objects.get(slug="harbour")
    context = Context(played, harbour, harbour.members.get(person="Olena"), now=None)
    weeks = [LOST - timedelta(weeks=2), LOST - timedelta(weeks=1), LOST, LOST + timedelta(weeks=1)]
    with open_snapshot(context.lake_dir, snapshot_of(harbour).loads) as lake:
        counted, missing = read_outcome(lake, "new_customers", weeks), read_missing(lake, "new_customers", weeks)
        series = read_series(lake, current_strategy(context).strategy, "new_customers", as_of=LOST + timedelta(days=13))

    learned = [series.outcome[series.starts.index(week)] for week in weeks]
    assert list(missing[:2]) == [0.0, 0.0]
    assert missing[2] > 200
    assert learned == list(counted + missing)

    outlook = review_of(harbour.reviews.get()).outlook[0]
    assert outlook.so_far == Decimal(str(int(counted.sum()))), "what was not recorded is not counted"

"""How new rows meet the facts that are already kept: new, the same again, or a fact that changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.canonical import plain_decimal
from quarterdeck.facts.columns import TableSchema, Value
from quarterdeck.facts.fact_table import FactTable, Key
from quarterdeck.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact that is already kept with other values. `row` counts from 0 in the new rows; values stand in the order of `value_names`."""

    row: int
    key: Key
    kept: tuple[Value, ...]
    new: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Row numbers (from 0) of the new table by how they meet the snapshot; together they are all of its rows."""

    new: tuple[int, ...]
    same: tuple[int, ...]
    changed: tuple[ChangedFact, ...]

    @property
    def sentence(self) -> str:
        """What an import would do, for people."""
        return f"New rows: {len(self.new)}; already kept with the same values: {len(self.same)}; that would change a kept value: {len(self.changed)}."


def find_conflicts(new: FactTable, existing: Mapping[Key, tuple[Value, ...]]) -> Conflicts:
    """Compare `new` with the kept rows: key -> the other values, both in the schema's order (timestamps without a zone are UTC)."""
    kept = {_comparable(key): _comparable(values) for key, values in existing.items()}
    fresh, same, changed = [], [], []
    for row, (key, values) in enumerate(zip(new.keys(), new.values(), strict=True)):
        old = kept.get(_comparable(key))
        if old is None:
            fresh.append(row)
        elif old == _comparable(values):
            same.append(row)
        else:
            changed.append(ChangedFact(row, key, old, values))
    return Conflicts(tuple(fresh), tuple(same), tuple(changed))


def conflict_problems(schema: TableSchema, conflicts: Conflicts, *, limit: int = 200) -> tuple[Problem, ...]:
    """One Problem for each changed fact (at most `limit`), naming the columns that differ; none when nothing changed."""
    return tuple(_changed_problem(schema, fact) for fact in conflicts.changed[:limit])


def rows_to_load(new: FactTable, conflicts: Conflicts, *, replace: bool = False) -> FactTable:
    """The rows that a load should hold: the new ones, and with `replace` the changed ones too (the older load keeps the old value).

    Raises ValueError when facts changed and `replace` is false: nothing is overwritten unasked.
    """
    if conflicts.changed and not replace:
        raise ValueError(f"kept facts that would change: {len(conflicts.changed)}; show conflict_problems and ask before replacing")
    return new.take(sorted([*conflicts.new, *(fact.row for fact in conflicts.changed)]))


def _changed_problem(schema: TableSchema, fact: ChangedFact) -> Problem:
    where = ", ".join(f"{name} {_shown(value)}" for name, value in zip(schema.key, fact.key, strict=True) if value != "")
    differing = [(name, old, new) for name, old, new in zip(schema.value_names, fact.kept, fact.new, strict=True) if _one(old) != _one(new)]
    return Problem(
        codes.FACT_CHANGED,
        f"{schema.name}: {where}",
        found=", ".join(f"{name} {_shown(new)}" for name, _, new in differing),
        expected=", ".join(f"{name} {_shown(old)}" for name, old, _ in differing) + " as it is already kept",
        fix="Correct the file, or import with --replace: the newer value then counts and the older stays in the history.",
    )


def _shown(value: Value) -> str:
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return "not known" if value is None else str(value)


def _comparable(values: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(map(_one, values))


def _one(value: Value) -> Value:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value

"""A form as its template shows it: inputs with labels, texts, choices and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quarterdeck.report.strategy.all_words import words_of
from quarterdeck.report.strategy.around import Around
from quarterdeck.report.strategy.field_words import FieldWords
from quarterdeck.strategy.parts.shape import FieldShape, fields_of
from quarterdeck.strategy.parts.values import Part
from quarterdeck.web.strategy.leaves import Leaf, chosen_first, leaf_of
from quarterdeck.web.strategy.typed import Spot, Typed, row_count, typed_of

MANY = 24
"""From here on, ticking boxes gives way to typing names."""
_SHORT = 120


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """Choices under one heading."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Row:
    """One member of a repeated group. `was` is its position in the strategy, "" for a new one."""

    number: int
    name: str
    was: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class Input:
    """One input, or a group of them (`parts`), or a repeated group (`rows`)."""

    name: str
    kind: str
    words: FieldWords
    text: str = ""
    unit: str = ""
    groups: tuple[Group, ...] = ()
    chosen: tuple[Choice, ...] = ()
    others: tuple[Choice, ...] = ()
    suggested: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    is_required: bool = False
    parts: tuple[Input, ...] = ()
    rows: tuple[Row, ...] = ()
    is_new: bool = False
    lines: int = 2

    @property
    def id(self) -> str:
        """Its id in the page."""
        return f"f-{self.name.replace('.', '-')}"

    @property
    def described_by(self) -> str:
        """The ids of what is said about it."""
        said = [f"{self.id}-hint"] if self.words.hint else []
        return " ".join([*said, *([f"{self.id}-wrong"] if self.problems else [])])

    @property
    def is_wrong(self) -> bool:
        """Whether something in it must be put right, so that it may not stay folded."""
        inside = (*self.parts, *(each for row in self.rows for each in row.inputs))
        return bool(self.problems or any(each.is_wrong for each in inside))


@dataclass(frozen=True)
class FormMaker:
    """Builds the inputs of a form from its texts."""

    around: Around
    typed: Typed
    problems: Mapping[str, Sequence[str]]
    is_new: bool = False
    more: str = ""
    """The repeated group that gets an empty row."""

    def inputs(
        self, part: type[Part], source: str, *, prefix: str = "", shapes: Mapping[str, FieldShape] | None = None, is_optional: bool = False
    ) -> tuple[Input, ...]:
        """Every input of a part, in reading order. Where the part itself may be missing (`is_optional`), each of them may be emptied."""
        shown = shapes or fields_of(part)
        ordered = sorted(shown, key=lambda key: _ORDER.get(part.__name__, tuple(shown)).index(key) if key in _ORDER.get(part.__name__, shown) else 99)
        places = [(shown[key], f"{source}.{key}" if source else key, prefix + key) for key in ordered]
        return tuple(self._input(part, *place, required=place[0].info.is_required() and not is_optional) for place in places)

    def _input(self, part: type[Part], shape: FieldShape, source: str, name: str, *, required: bool) -> Input:
        words, problems = words_of(part, shape.key), tuple(self.problems.get(name, ()))
        if shape.kind == "part" and shape.part is not None:
            parts = self.inputs(shape.part, source, prefix=f"{name}.", is_optional=not required)
            return Input(name, "group", words, problems=problems, parts=parts, is_required=required)
        if shape.kind in ("parts", "named") and shape.part is not None:
            return Input(name, "repeat", words, problems=problems, rows=self._rows(shape.part, f"{source}[]", name))
        leaf = leaf_of(part, shape, source, self.around)
        return self._leaf_input(leaf, name, problems, required)

    def _rows(self, part: type[Part], source: str, name: str) -> tuple[Row, ...]:
        kept = row_count(self.typed, name)
        rows = [
            Row(
                index + 1, f"{name}.{index}", (self.typed.get(f"{name}.{index}.was") or [""])[0], self.inputs(part, source, prefix=f"{name}.{index}.")
            )
            for index in range(kept)
        ]
        if self.more == name:
            empty = typed_of(part, None, Spot(self.around, source, f"{name}.{kept}."))
            maker = FormMaker(self.around, empty, {}, is_new=True)
            rows.append(Row(kept + 1, f"{name}.{kept}", "", maker.inputs(part, source, prefix=f"{name}.{kept}.")))
        return tuple(rows)

    def _leaf_input(self, leaf: Leaf, name: str, problems: tuple[str, ...], required: bool) -> Input:
        texts = self.typed.get(name, [""])
        text, words = texts[0] if texts else "", leaf.words
        shown = Input(
            name,
            leaf.kind,
            words,
            text=text,
            unit=self.around.words.currency if leaf.kind == "money" else "%" if leaf.kind == "percent" else words.unit,
            suggested=tuple(label for _, label in leaf.suggested) if leaf.kind == "suggest" else (),
            problems=problems,
            is_required=required and leaf.kind != "fixed",
            is_new=self.is_new,
            lines=max(words.rows, min(14, len(text) // 72 + text.count("\n") + 1)),
        )
        if leaf.kind in ("text", "suggest") and "\n" in text:
            return _with(shown, kind="textarea")
        if name.endswith(".note") and "\n" not in text and len(text) < _SHORT:  # a note within a group takes one line
            return _with(shown, kind="text", words=replace(words, hint=""))
        if leaf.kind == "check":
            return _with(shown, text="on" if "on" in texts else "")
        return self._with_choices(shown, leaf, texts) if leaf.kind in ("select", "checks") else shown

    def _with_choices(self, shown: Input, leaf: Leaf, texts: Sequence[str]) -> Input:
        leaf = chosen_first(leaf, texts)
        groups = tuple(
            Group(name if len(leaf.groups) > 1 else "", tuple(Choice(value, label, value in texts) for value, label in pairs))
            for name, pairs in leaf.groups
            if pairs
        )
        everything = [choice for group in groups for choice in group.choices]
        chosen = tuple(choice for choice in everything if choice.is_chosen)
        if leaf.kind == "checks" and len(everything) > MANY:
            return _with(shown, kind="many", chosen=chosen, others=tuple(choice for choice in everything if not choice.is_chosen))
        return _with(shown, groups=groups, chosen=chosen if leaf.kind == "checks" else ())


_ORDER: dict[str, tuple[str, ...]] = {
    "Objective": ("statement", "metric", "audience", "baseline", "target", "due_on", "goal", "owner", "milestones", "id", "note"),
    "Audience": ("who", "rank", "size", "needs", "insights", "found_on", "segment", "languages", "id", "note"),
    "Channel": ("name", "kind", "role", "ownership", "use", "tool", "objectives", "goals", "spend", "expects", "challenges", "id", "note"),
    "Campaign": ("name", "objective", "starts_on", "ends_on", "audiences", "channels", "offer", "keywords", "landing_page", "id", "note"),
    "ContentItem": ("title", "audience", "campaign", "channel", "format", "language", "deliver", "text", "needs", "id", "note"),
    "Company": ("name", "currency", "website", "markets", "languages", "timezone", "note"),
    "Task": ("title", "serves", "importance", "effort_hours", "not_before", "due_on", "budget", "skills", "after", "id", "note"),
    "Person": ("name", "skills", "hours_per_week", "hour_cost", "away", "id", "note"),
    "Blackout": ("first_day", "last_day", "reason", "note"),
    "Evaluation": ("question", "step", "on", "channel", "metric", "threshold", "note"),
    "Question": ("text", "step", "owner", "due_on", "blocks", "answer", "id", "note"),
    "Kpi": ("metric", "baseline", "target", "cadence", "channel", "team", "task", "owner", "note"),
}


def _with(shown: Input, **changes: object) -> Input:
    return replace(shown, **changes)  # type: ignore[arg-type]  # fields of Input

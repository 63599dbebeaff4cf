"""save_file: a YAML file or a spreadsheet as the next revision, put together with what others saved since it was taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.operations.context import Context
from quarterdeck.operations.strategy.import_strategy import BothChanged, Draft, read_draft, save_draft
from quarterdeck.operations.strategy.read_spreadsheet import read_spreadsheet
from quarterdeck.operations.strategy.read_strategy import is_spreadsheet, read_sheets, read_text
from quarterdeck.operations.strategy.save_strategy import hash_of
from quarterdeck.operations.told import Told, count
from quarterdeck.report.words import how_many
from quarterdeck.report.workbook.cells import Cells
from quarterdeck.strategy.changes.merge import Crossing, Side

CODE = "STRATEGY-980"
MOST_CHANGES = 20
Words = Mapping[str, Side | None]
WHERE_BOTH: Words = {"ask": None, "file": "mine", "strategy": "theirs"}


@dataclass(frozen=True)
class Choice:
    """Whose words stand where both the file and others changed the same: `ask`, `file` or `strategy`, and single places of which it is said."""

    where_both: str = "ask"
    mine: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()

    @property
    def sides(self) -> dict[str, Side]:
        """By place."""
        return {**dict.fromkeys(self.mine, "mine"), **dict.fromkeys(self.theirs, "theirs")}


@dataclass(frozen=True)
class _File:
    """A file that was read, as text."""

    text: str
    name: str
    made_from: str = ""
    remarks: tuple[str, ...] = ()
    where: Callable[[str], str] = field(default=lambda place: place)


def save_file(context: Context, path: Path, *, note: str, choice: Choice | None = None) -> Told:
    """What was saved; what a spreadsheet does not hold stays as it is. `facts["revision"]` is None where both sides changed the same and nothing was saved.

    Raises InvalidInput when the file is no strategy, or cannot stand together with what others saved.
    """
    choice = choice or Choice()
    _require_known(choice)
    file = _read(context, path)
    draft = _drafted(context, file, choice)
    if isinstance(draft, BothChanged):
        _require_asked(choice, draft.crossings)
        return _tell_both(draft, file)
    saved = save_draft(context, draft, note=note)
    if saved is None:
        raise Refused("Somebody saved this strategy at this very moment.", fix="Save again.", code="STRATEGY-903", state="Nothing was saved.")
    remarks = [*file.remarks, *draft.remarks]
    if draft.is_same:
        return Told([f"Nothing changed: this is revision {saved.revision} already.", *remarks], {"revision": saved.revision, "changes": []})
    return _tell_saved(draft, saved.revision, path, remarks)


def _drafted(context: Context, file: _File, choice: Choice) -> Draft | BothChanged:
    """What saving it would change. Raises InvalidInput, each problem at its cell where it came from one."""
    otherwise = WHERE_BOTH[choice.where_both]
    try:
        return read_draft(context, file.text, name=file.name, made_from=file.made_from, sides=choice.sides, otherwise=otherwise)
    except InvalidInput as error:
        raise InvalidInput([replace(each, where=file.where(each.where)) for each in error.problems], state=error.state) from error


def _read(context: Context, path: Path) -> _File:
    if not is_spreadsheet(path.name):
        return _File(read_text(path), path.name)
    brought = read_spreadsheet(context, read_sheets(path), name=path.name)
    return _File(brought.text, f"{path.stem}.yaml", brought.made_from, brought.remarks, _where(brought.cells))


def _where(cells: Cells) -> Callable[[str], str]:
    def said(place: str) -> str:
        spot = cells.of(place)
        return place if spot is None else f"{spot}: {place}"

    return said


def _require_known(choice: Choice) -> None:
    problems = []
    if choice.where_both not in WHERE_BOTH:
        problems.append(Problem("STRATEGY-981", "--where-both", f'"{choice.where_both}"', "ask, file or strategy", "Choose one of the three."))
    problems += [
        Problem("STRATEGY-981", "--theirs", f'"{place}", which --mine names too', "each place once", "Say it of one of the two.")
        for place in choice.theirs
        if place in choice.mine
    ]
    if problems:
        raise InvalidInput(problems, state="Nothing was saved.")


def _require_asked(choice: Choice, crossings: tuple[Crossing, ...]) -> None:
    """Nothing, when every place that was named is one that both changed."""
    known = [crossing.place for crossing in crossings]
    problems = [
        Problem("STRATEGY-981", "--mine or --theirs", f'"{place}"', f"one of: {', '.join(known)}", "Name a place that both changed.")
        for place in choice.sides
        if place not in known
    ]
    if problems:
        raise InvalidInput(problems, state="Nothing was saved.")


def _tell_both(both: BothChanged, file: _File) -> Told:
    """Both sides of every place; nothing was saved."""
    head = f"{both.sentence} Both changed {how_many(len(both.crossings), 'place')}, each in its own way. Nothing was saved."
    sentences = [head]
    for crossing in both.crossings:
        sentences.append(file.where(crossing.place))
        sentences += [f"  theirs: {change.sentence}" for change in crossing.theirs]
        sentences += [f"  mine:   {change.sentence}" for change in crossing.mine]
    sentences += [f"Your file alone changed, and it can stand: {sentence}" for sentence in both.mine]
    fix = "Say whose words stand there: --where-both file, or --where-both strategy; or place by place: --mine PLACE, --theirs PLACE."
    facts = {
        "revision": None,
        "both": [
            {"place": each.place, "theirs": [change.sentence for change in each.theirs], "mine": [change.sentence for change in each.mine]}
            for each in both.crossings
        ],
        "mine": list(both.mine),
        "theirs": list(both.theirs),
        "error": {"code": CODE, "text": f"{head} {fix}", "problems": []},
    }
    return Told([*sentences, f"{fix} [{CODE}]"], facts)


def _tell_saved(draft: Draft, revision: int, path: Path, remarks: list[str]) -> Told:
    errors = [problem for problem in draft.problems if problem.severity == "error"]
    what = ", the first" if draft.is_first else f": {count(len(draft.sentences), 'change')}"
    more = len(draft.sentences) - MOST_CHANGES
    return Told(
        [
            f"Saved as revision {revision}{what}.",
            *draft.sentences[:MOST_CHANGES],
            *([f"And {count(more, 'more change')}."] if more > 0 else []),
            *([f"{draft.meanwhile} That stays, but for what is said otherwise above:", *draft.theirs] if draft.meanwhile else []),
            *remarks,
            f"The checks find {count(len(errors), 'error')}; `quarterdeck strategy check {path}` lists everything.",
        ],
        {
            "revision": revision,
            "hash": hash_of(draft.strategy),
            "changes": list(draft.sentences) or ["First revision."],
            "meanwhile": list(draft.theirs),
            "remarks": remarks,
            "errors": [problem.to_dict() for problem in errors],
        },
    )

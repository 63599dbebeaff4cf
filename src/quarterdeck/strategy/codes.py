"""The codes of problems with the document itself, each with a paragraph for the docs; those of the checks stand in `checks.all_checks.CHECKS`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DOCUMENT_CODES: Mapping[str, str] = MappingProxyType(
    {
        "STRATEGY-001": "The text stops being YAML at this line, so nothing after it can be read. Mend the line and read again.",
        "STRATEGY-002": "The text is larger, deeper or longer than a strategy can be. The most is a megabyte, 30 levels, and 60,000 values with repeats written out.",
        "STRATEGY-003": "Only plain values are read. There may be no tag, no second document, and no repeat of what was not written before.",
        "STRATEGY-004": "A field stands twice in one part. Which of the two is meant cannot be known.",
        "STRATEGY-005": "The text is not a strategy at all: it is empty, or a list or a single value.",
        "STRATEGY-010": "A field that this part does not have; mostly a slip of the pen. Remarks go into `note`.",
        "STRATEGY-011": "A field that this part cannot do without is missing.",
        "STRATEGY-012": "A value of the wrong kind: text where a number, date, list or group of fields must stand, or the other way round.",
        "STRATEGY-013": "A value of the right kind beyond its limits: too small, too large, too long or empty.",
        "STRATEGY-014": "One of a few words must stand here, and it is another one.",
        "STRATEGY-015": "Text that must follow a form does not: an id, a currency, a country, a language, a time of day.",
        "STRATEGY-016": "Values that are fine one by one do not fit each other, or what is known. Such are an end before its start, a floor above its cap, or a "
        "target on the wrong side of its baseline. So are a time zone or metric that does not exist, and signs that cannot be seen.",
        "STRATEGY-020": "Two members of one list have the same id, so a reference to it could mean either. Ids of people are unique across teams.",
        "STRATEGY-021": "A reference to something that does not exist.",
        "STRATEGY-022": "Tasks wait for each other in a circle, so none of them can begin.",
        "STRATEGY-023": "A part refers to itself.",
        "STRATEGY-030": "A change names a place that the document does not have.",
        "STRATEGY-031": "The value of a change cannot stand at its place: a list or group that is not JSON, or another id than that of the place.",
        "STRATEGY-930": "An answer of the interview has another form than its question: a list where one text is asked, or one text for several fields.",
        "STRATEGY-931": "An answer of the interview names a field or a choice that its question does not have.",
        "STRATEGY-932": "A number, day, country or language of an answer cannot be read, lies beyond its bounds, or contradicts another answer.",
        "STRATEGY-933": "An answer has more lines than its question can use.",
        "STRATEGY-934": "An answer, or a line of it, is too long.",
        "STRATEGY-935": "A question that needs an answer has none. Skipping it makes an open question of it.",
        "STRATEGY-936": "A file of answers names a question that is not asked, or that the other answers leave no room for.",
        "STRATEGY-939": "A file of answers holds something else than answers by the name of their question.",
    }
)

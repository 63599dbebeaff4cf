"""The codes of complaints about facts. Each has one meaning for ever; the reference lists them."""

from __future__ import annotations

EMPTY_FILE = "FACTS-001"
NO_ROWS = "FACTS-002"
TOO_LARGE = "FACTS-003"
TOO_MANY_ROWS = "FACTS-004"
NOT_TEXT = "FACTS-005"
NUL_BYTE = "FACTS-006"
BROKEN_QUOTES = "FACTS-007"
COLUMN_MISSING = "FACTS-008"
BAD_MAPPING = "FACTS-009"
VALUE_MISSING = "FACTS-010"
BAD_DATE = "FACTS-011"
DECIMAL_MARK = "FACTS-012"
DATE_ORDER = "FACTS-013"
BAD_NUMBER = "FACTS-014"
OTHER_CURRENCY = "FACTS-015"
NO_CURRENCY = "FACTS-016"
BELOW_ZERO = "FACTS-017"
DAY_AHEAD = "FACTS-018"
REPEATED_ROW = "FACTS-019"
FORMULA = "FACTS-020"
ROW_TOO_WIDE = "FACTS-021"
NOT_WHOLE = "FACTS-022"
BAD_FLAG = "FACTS-023"
PERSONAL_DATA = "FACTS-024"
BAD_INSTANT = "FACTS-025"
NUMBER_TOO_LARGE = "FACTS-026"
WEEKS_OVERLAP = "FACTS-027"
FACT_CHANGED = "FACTS-028"
BAD_TABLE = "FACTS-029"
BAD_METRIC_SQL = "FACTS-030"
BAD_OPTION = "FACTS-031"

ENCODING_ASSUMED = "FACTS-040"
COLUMNS_IGNORED = "FACTS-041"
LINES_LEFT_OUT = "FACTS-042"
DAYS_MISSING = "FACTS-043"
UNKNOWN_METRIC = "FACTS-044"
DECIMAL_COMMA_READ = "FACTS-045"
ROUNDED = "FACTS-046"
WEEKS_SPREAD = "FACTS-047"
ZONE_ASSUMED = "FACTS-048"
SHORT_ROWS = "FACTS-049"
ROWS_JOINED = "FACTS-050"
DATE_ORDER_READ = "FACTS-051"

MEANINGS: dict[str, str] = {
    EMPTY_FILE: "The file holds nothing.",
    NO_ROWS: "The file has a header and no rows, or every row was left out.",
    TOO_LARGE: "The file is larger than an import may be.",
    TOO_MANY_ROWS: "The file has more rows than an import may have.",
    NOT_TEXT: "The file is not a text file, or not in the encoding that was told.",
    NUL_BYTE: "A row holds a NUL byte: the file is broken.",
    BROKEN_QUOTES: "A quotation mark opens and never closes, or closes too early.",
    COLUMN_MISSING: "A column that the table needs was not found.",
    BAD_MAPPING: "The mapping names a header or a column that does not exist, or two headers claim one column.",
    VALUE_MISSING: "A cell that must be filled is empty.",
    BAD_DATE: "A date could not be understood.",
    DECIMAL_MARK: "The decimal mark is another one than in the rest of the file, or could be read in two ways.",
    DATE_ORDER: "Dates could be read as day/month or month/day.",
    BAD_NUMBER: "A number could not be understood.",
    OTHER_CURRENCY: "An amount is in another currency than the company's.",
    NO_CURRENCY: "Nothing says in which currency the amounts are.",
    BELOW_ZERO: "A figure is below zero that cannot be.",
    DAY_AHEAD: "A day lies in the future, or a week is not over.",
    REPEATED_ROW: "Two rows state the same fact.",
    FORMULA: "A cell holds a formula or a spreadsheet's error.",
    ROW_TOO_WIDE: "A row has more cells than the header.",
    NOT_WHOLE: "A count is not a whole number.",
    BAD_FLAG: "A cell is neither yes nor no.",
    PERSONAL_DATA: "A cell that takes a pseudonym holds a person's address.",
    BAD_INSTANT: "A moment could not be understood.",
    NUMBER_TOO_LARGE: "A number is larger than facts can hold.",
    WEEKS_OVERLAP: "Weekly rows start on different weekdays, so that weeks overlap.",
    FACT_CHANGED: "A row states another value than the facts that are already kept.",
    BAD_TABLE: "Values handed in do not fit the table.",
    BAD_METRIC_SQL: "A metric's SQL names a table or column that does not exist.",
    BAD_OPTION: "An import option makes no sense.",
    ENCODING_ASSUMED: "The file is not UTF-8 and was read as Windows-1252.",
    COLUMNS_IGNORED: "Columns of the file that the table has no place for.",
    LINES_LEFT_OUT: "Lines before the header, or totals, were left out.",
    DAYS_MISSING: "Days between the first and the last have no row.",
    UNKNOWN_METRIC: "A metric that Quarterdeck does not know; it is kept as told.",
    DECIMAL_COMMA_READ: "Amounts were read with a decimal comma.",
    ROUNDED: "Numbers were finer than facts can hold and were rounded.",
    WEEKS_SPREAD: "Weekly rows were spread evenly over their seven days.",
    ZONE_ASSUMED: "Moments without a zone were taken as UTC.",
    SHORT_ROWS: "Rows have fewer cells than the header; the missing ones count as empty.",
    ROWS_JOINED: "Rows that state the same fact were added up or left out, as asked.",
    DATE_ORDER_READ: "The file itself decided between day/month and month/day.",
}
"""Every code and what it means."""

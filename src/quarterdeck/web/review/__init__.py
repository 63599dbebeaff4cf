"""Review: the gap and its causes, verdicts, corrections, the close of the quarter, lessons."""

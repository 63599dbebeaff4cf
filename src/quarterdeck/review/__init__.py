"""Plan against fact: the gap split into causes that add up, verdicts by rules fixed beforehand, corrections as diffs."""

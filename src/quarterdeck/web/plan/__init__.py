"""Plan: budget, work, calendar, conflicts."""

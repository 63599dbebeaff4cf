"""Facts: brought in, kept whole, counted by day and by week, and audited."""

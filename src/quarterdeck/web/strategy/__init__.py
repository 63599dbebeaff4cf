"""Strategy: the eight steps, read, edited, checked, kept as revisions."""

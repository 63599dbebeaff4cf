"""The strategy itself: read, checked, asked about, changed, kept as revisions, and looked at."""

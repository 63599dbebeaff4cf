"""Jobs: long work in the background, its progress and what came of it."""

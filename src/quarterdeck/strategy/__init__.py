"""What we want: the strategy document (eight steps), its checks, its diffs and its text."""

"""Papers of the strategy: written, printed, kept as files, and shared by a link with people outside."""

"""Play: the button that lets a week of a rehearsal pass, and the tour through the first quarter."""

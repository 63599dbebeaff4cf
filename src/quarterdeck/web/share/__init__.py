"""Pages for people outside: a paper that was shared by a link."""

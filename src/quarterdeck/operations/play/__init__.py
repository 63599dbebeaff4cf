"""Practice without risk: sample companies, a rehearsal whose weeks go by, the tour, and the demo."""

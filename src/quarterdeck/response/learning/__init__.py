"""How more becomes known: a fit that takes in the newest week, the test that would teach most, and the trial of a channel without money."""

"""What happened: the shape of facts, how files become facts, metrics as SQL, and whether the tracking can be trusted."""

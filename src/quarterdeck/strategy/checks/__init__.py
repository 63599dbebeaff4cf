"""The checks of a strategy: a folder for each thing that they look at, what a check is, what it finds, and how far each step is."""

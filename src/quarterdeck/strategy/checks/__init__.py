"""The checks of a strategy, a module for each thing that they look at; what they find, and how far each step is."""

"""The weeks or days that a response is learned from: the facts in a row, whether they can be fitted, and what is put right in them first."""

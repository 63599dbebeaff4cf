"""The strategy as a spreadsheet: written, and read back with every problem at its cell."""

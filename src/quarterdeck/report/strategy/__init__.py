"""The strategy as people read it: its eight steps, what each part is called, and the papers made of it."""

"""What the document is made of: the models of its eight steps, how their parts refer to each other, and what is refused."""

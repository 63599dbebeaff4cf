"""A first strategy from plain questions: what is asked, how answers are read, and the draft that is written from them."""

"""How amounts, dates, parts and chances are called in sentences, and what a person's own sentence says of them."""

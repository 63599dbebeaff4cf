"""Open questions: what the checks miss and what an example only lent is asked of somebody, and closed by what is written."""

"""What wants to leave: chosen, approved or refused, handed over, and what became of it."""

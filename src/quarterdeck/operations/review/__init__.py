"""The review of a quarter: gaps and causes, corrections decided, the quarter closed, and what was learned."""

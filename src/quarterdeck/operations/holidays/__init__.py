"""Public holidays of a company's markets: counted, and set beside its weeks and its people's time."""

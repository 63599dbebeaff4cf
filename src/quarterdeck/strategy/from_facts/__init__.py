"""A first strategy from what a company's own facts say, and questions for all that they do not say."""

"""Results as sentences: page, PDF, mail and terminal say the same."""

"""Drafts beside the strategy: begun, planned, compared with it, and adopted or laid aside."""

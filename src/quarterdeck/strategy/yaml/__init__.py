"""The document as YAML text: read piece by piece, and written so that a person's comments and order survive."""

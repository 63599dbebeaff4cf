"""A company's first strategy: by an interview, from an example, or from what its own facts say."""

"""A company in a site: made, changed, its members, searched, and carried away as a file and back."""

"""Help: words explained, search through everything."""

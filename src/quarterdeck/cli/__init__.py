"""The command line: the same words as the web. A command parses a request, calls one operation and shows the result."""

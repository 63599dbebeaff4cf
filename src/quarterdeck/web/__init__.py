"""The cockpit: one folder an area, in the order of the loop. A view parses a request, calls an operation and shows the result."""

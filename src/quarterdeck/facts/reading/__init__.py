"""The steps from a file of text to typed rows, in order: text, header, cells, marks, values, checks, weeks."""

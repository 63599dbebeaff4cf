"""The reading grade of what people read: texts gathered, sentences told apart, syllables counted."""

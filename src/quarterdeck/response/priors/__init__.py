"""What is believed of a channel's return before its outcome is looked at: tests, judgements and published figures, and how these fared."""

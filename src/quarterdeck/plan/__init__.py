"""What to do: money per channel, campaign and week, work on people, content at exact times, and what gets in the way."""

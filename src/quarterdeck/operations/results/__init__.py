"""What happened in a period: against plan and last year, channel by channel, down to the rows, and whether it was measured right."""

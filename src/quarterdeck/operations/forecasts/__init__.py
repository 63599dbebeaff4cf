"""What is to be expected of the weeks ahead: of plans, of a metric's own past, and of each objective today."""

"""What is to be expected of the weeks ahead, and whether forecasts made so came true: on rows held out and on the company's own past."""

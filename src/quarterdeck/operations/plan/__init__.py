"""The plan of a quarter: made, compared with the strategy as it stands, tried with other money, and moved in work and calendar."""

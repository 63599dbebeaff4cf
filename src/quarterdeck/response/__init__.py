"""What works: from weekly facts to curves with uncertainty, forecasts and chances."""

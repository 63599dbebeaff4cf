"""What changed between two strategies, in sentences; changes applied by place, two strategies put together, and days moved to another quarter."""

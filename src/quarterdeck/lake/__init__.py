"""Where facts are kept and queried: immutable Parquet files, read through DuckDB. Nothing here reads the network."""

"""How a plan is said to an engine: to polars and Narwhals in expressions, to DuckDB and Spark as text."""

"""How a plan is said to an engine: to polars and Narwhals in expressions, to DuckDB and Spark as text, and carried out for pandas.

One more engine is one more module ``on_...`` and its name in `opened.ENGINES`:

* one that Narwhals runs in memory is a `NarwhalsEngine`: it says which frames are its own (`owns`), what it calls types
  (`native_types`), what has to be put right before a plan can read a frame (`prepare`), and hands out the outputs (`run`);
* one that is asked in SQL is a `SqlEngine`: it gives its `Dialect` in the place of Narwhals' expressions;
* one with quick expressions of its own is an `Engine`, and a `Library` of ``written`` says how it writes them;
* one whose cells are arrays of NumPy is an `Engine` too, and hands them to ``of_numpy``, which carries a plan out.

What plans read (`columns.binding.Form`), what they are (`expressions`) and what they put out (`outputs`) stays as it is. The
tests that hold rows against the single decision take a frame of the new engine from ``tests/frames/engines.py``.
"""

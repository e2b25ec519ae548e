"""Whether conditions can hold together: asked of a table that takes one rule alone, and of the bands of a scorecard."""

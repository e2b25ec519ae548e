"""From a cell back to a case: a draft with dates that fit together, and the witness that the reference reader has confirmed."""

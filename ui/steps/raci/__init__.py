"""Step 10: the matrix."""

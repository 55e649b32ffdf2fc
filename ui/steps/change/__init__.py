"""Step 7, Change control."""

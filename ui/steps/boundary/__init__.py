"""Step 2: what it may do, and what it must hand over."""

"""Step 11, Readiness."""

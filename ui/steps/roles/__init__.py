"""Step 4: who does the daily work of owning it."""

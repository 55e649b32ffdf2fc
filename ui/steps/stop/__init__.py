"""Step 8, Stop & recover."""

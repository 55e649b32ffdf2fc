"""Step 12, Sign-off."""

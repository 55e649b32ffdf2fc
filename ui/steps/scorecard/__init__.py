"""Step 9: how we will know that it is worth having."""

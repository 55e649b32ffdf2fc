"""Step 6: where strange cases land, and the hours that nobody covers."""

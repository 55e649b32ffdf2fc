"""Step 1: the agent and the people."""

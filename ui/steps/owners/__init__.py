"""Step 3: who owns this agent, by name."""

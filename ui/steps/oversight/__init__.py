"""Step 5: how closely each action is watched."""

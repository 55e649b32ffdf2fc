"""The window for the projector: the question and the names, nothing else."""

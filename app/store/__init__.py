"""The project file (architecture.md, "The project file"): tables, working copy, publishing, recovery, locks."""

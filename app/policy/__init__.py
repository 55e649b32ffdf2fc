"""What the decisions imply: oversight, graduation, holders, RACI, load, coverage, drill (domain.md 3 to 5)."""

"""The page of a step that has no special one."""

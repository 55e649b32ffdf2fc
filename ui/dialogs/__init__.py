"""What opens over the window and goes away again."""

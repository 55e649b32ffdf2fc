"""The window: pages, widgets and Qt models. No rule, no SQL and no file format here."""

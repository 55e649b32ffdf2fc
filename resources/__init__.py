"""Data that ships with the program: templates, schema, themes, fonts, icons, guidance."""

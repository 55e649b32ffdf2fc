"""The operating model as a PDF: written from a Report, and read back to verify it."""

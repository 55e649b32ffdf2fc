"""Everything Ownermap knows. No Qt, no openpyxl, no reportlab here: see ARCHITECTURE.md."""

__version__ = "0.3.0"

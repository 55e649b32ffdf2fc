"""Everything Ownermap knows. No Qt, no openpyxl, no reportlab here: see ARCHITECTURE.md."""

"""What pages are made of: the generic form, lists of rows, pickers and small parts."""

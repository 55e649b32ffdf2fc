"""What a project is: frozen rows with declared fields, the Document that holds them, and change sets."""

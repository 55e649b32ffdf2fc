"""The commands, by what they are for. Each module registers its own (product.md, "The command line")."""

"""All of it from one recipe: prepare, train, cross-validate, export."""

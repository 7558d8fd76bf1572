"""The cases of the golden files, a module for each family."""

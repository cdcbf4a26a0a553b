"""Takes one defence away at a time and asks whether the tests notice: `make mutants`."""

"""The rules, without HTTP: a town of named people on a migrated database, with a clock that the test holds."""

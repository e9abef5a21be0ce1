"""How things are kept: one SQLite file, numbered migrations, one module a feature. All SQL is in this package."""

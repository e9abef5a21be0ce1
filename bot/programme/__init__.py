"""A seminar as data: what it is (`model`), how its folder is read (`loading`), its calendar file (`calendar`)."""

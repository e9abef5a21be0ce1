"""The whole process, from its start to its end, and what it meets in between."""

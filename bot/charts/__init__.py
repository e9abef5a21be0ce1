"""Pictures of the numbers for a phone: PNG, drawn by matplotlib in the jobs' process alone."""

"""Tests of the seminars that come with the project."""

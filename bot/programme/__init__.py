"""A seminar as data: what it is (`model`), how its folder is read (`loading`), what is wrong with it (`problems`)."""

from bot.programme.loading import load
from bot.programme.model import Seminar
from bot.programme.problems import Problem, SeminarError
from bot.programme.summary import summary

__all__ = ["Problem", "Seminar", "SeminarError", "load", "summary"]

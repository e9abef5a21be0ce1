"""What people can throw."""

from typing import Final

DICE: Final = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}  # the highest value of each

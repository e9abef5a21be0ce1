"""The emoji that can be sent as dice, as the Bot API documents them."""

from typing import Final

HIGHEST_DICE_VALUES: Final = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}  # the highest value of each

"""Hamroh: what the bot knows and does. Nothing in here knows which button was pressed; that is `handlers`."""

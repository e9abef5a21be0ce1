"""What the bot sends or changes unasked, one file a feature, and its registry."""

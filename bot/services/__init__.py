"""Transactions: what must commit together, one file a feature. A service is a rule; it knows no Telegram."""

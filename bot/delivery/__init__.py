"""What the bot starts: planner (pure) -> events -> fan-out -> outbox -> dispatcher -> Telegram."""

"""What people do: Telegram -> inbox row -> (offset moves on) -> handler -> inbox row done."""

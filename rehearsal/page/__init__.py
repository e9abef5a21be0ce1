"""The page of the rehearsal: phones side by side, a clock that jumps, and what the bot is doing.

Plain HTML, CSS and JavaScript in `static/`, served from here; nothing is fetched from anywhere else.
"""

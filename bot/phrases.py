"""What short typed words plainly mean, in the four languages: pure rules, no guesses about long texts."""

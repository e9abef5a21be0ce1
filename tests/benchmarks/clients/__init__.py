"""What is measured: each client runs alone in a process, is told what to do in JSON, and prints what it measured."""

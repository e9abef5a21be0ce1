"""The rehearsal: its clock, the simulated users, the page, and the two weeks at full speed."""

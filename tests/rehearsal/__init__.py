"""The rehearsal: its clock, the crowd, the page and the two weeks at full speed."""

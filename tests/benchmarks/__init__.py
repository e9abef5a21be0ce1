"""How fast Hamroh is, beside other ways to do the same: `make bench`. No test asserts a time."""

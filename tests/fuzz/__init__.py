"""Malformed and hostile updates by the thousand: `make fuzz N=1000000`."""

"""Measurements and pictures of the program: `make bench` and `make shots`."""

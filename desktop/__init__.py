"""Charthouse: brief on U.S.–Vietnam defence cooperation from one file of sourced facts."""

__version__ = "0.1.0"

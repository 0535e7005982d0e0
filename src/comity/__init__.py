"""Comity follows each promise between regions from the agreement to a measured result."""

__version__ = "0.1.0"

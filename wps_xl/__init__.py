"""The reporting cycle on Security Council resolution 1325 (2000), in Excel and Word."""

__version__ = "0.2.0"

"""The version of this package and of the site that is made with it."""

__version__ = "0.1.0"

"""The local e-catalogue (e-katalog lokal): vendors, products, finding, buying, paying."""

from .declaration import plugin

__all__ = ["plugin"]

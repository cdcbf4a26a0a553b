"""Demo data: providers, customers and their past, so that every screen has something to show. Development only."""

from app.demo.loader import load_demo

__all__ = ["load_demo"]

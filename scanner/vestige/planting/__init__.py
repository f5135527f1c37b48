"""Planting: recipes and people who never lived to volumes, and to the truth about them."""

from vestige.planting.plant import Planting, Truth, plant
from vestige.planting.recipe import Recipe, load, recipes

__all__ = ["Planting", "Recipe", "Truth", "load", "plant", "recipes"]

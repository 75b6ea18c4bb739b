"""Layers: each step holds only what it changes; laid over one another they are the app."""

from workshop.layers.checks import check, count
from workshop.layers.composition import ComposedFile, Composition, compose
from workshop.layers.layer import Layer, LayerFile, digest
from workshop.layers.notes import Note
from workshop.layers.reading import read_layers
from workshop.layers.tree import write_tree

__all__ = [
    "ComposedFile",
    "Composition",
    "Layer",
    "LayerFile",
    "Note",
    "check",
    "compose",
    "count",
    "digest",
    "read_layers",
    "write_tree",
]

"""Figures: one module per figure, each with draw, caption and alt, all of the frame drawn."""

"""Figures: one module per figure, each with draw, caption and alt, made from the frame that is drawn."""

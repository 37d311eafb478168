"""Packs an edition into one archive, and checks one: against the published build, byte by byte."""

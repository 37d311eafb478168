"""The claims themselves: who said what, where it was looked for, how it was coded."""

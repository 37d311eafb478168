"""The analysis of the Azawad conflict report: frames in, frames out."""

"""Tables for readers: one module per topic, frames in, frames with readers' headings out."""

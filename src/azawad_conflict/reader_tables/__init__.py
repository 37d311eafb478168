"""Tables as a reader sees them: one module per topic, frames in, frames with readers' headings out."""

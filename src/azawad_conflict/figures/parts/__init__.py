"""What several figures share: colours, axes, labels, the base map."""

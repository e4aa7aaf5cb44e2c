"""An author's own numbers."""

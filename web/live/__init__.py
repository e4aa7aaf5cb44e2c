"""Live pages: what happened while somebody looks, told to those who may see it, by a socket or when asked."""

"""Django's backend for a replica; its settings name this package."""

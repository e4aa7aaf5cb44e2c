"""`manage.py loadtest`: how many people this machine carries, found by trying on a network made for it."""

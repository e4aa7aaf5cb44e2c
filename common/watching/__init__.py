"""What the server does and what that costs: counted for machines, logged and shown for people."""

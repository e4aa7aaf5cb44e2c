"""The way in: joining, confirming an address, logging in and out, a forgotten password."""

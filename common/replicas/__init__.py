"""Reading from copies of the database: who may, which copy, and when it had better be the primary."""

"""Moving the tables while people use them: what may be asked of a database, and in which steps."""

"""A network of very many people, written in bulk into a database that exists only to be measured."""

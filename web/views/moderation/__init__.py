"""The pages of staff, each for roles with one permission, and 404 for everybody else."""

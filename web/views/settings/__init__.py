"""What people can change about themselves, one page for each subject."""

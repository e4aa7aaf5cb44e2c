"""How an automatic rule looks at a tweet: the same way in a rehearsal and when it is live."""

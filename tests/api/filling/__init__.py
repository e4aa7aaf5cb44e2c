"""What fills each list of the API with so many rows, for tests of all lists alike.

Each makes its rows beside alice, who asks, and bob, and says where the list is: below /api/v1/ unless it
begins with a stroke. Of three rows of tweets one has a picture, one a poll, and one quotes somebody else.
"""

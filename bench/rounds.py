"""How often one page is asked for, to know what it costs."""

WARM_UP = 60  # requests
ROUNDS, REQUESTS = 9, 60
IN_ALL = 2 + WARM_UP + ROUNDS * REQUESTS

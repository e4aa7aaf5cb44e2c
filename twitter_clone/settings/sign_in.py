"""How people come in: the settings of django-allauth."""

ACCOUNT_ADAPTER = "web.adapter.Joining"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
# One may read before the address is confirmed; the site itself asks for it before anything is written.
ACCOUNT_EMAIL_VERIFICATION = "optional"
# Several may claim an address, one can prove it: so no page has to say that it is registered already.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "signup": "10/m/ip,60/h/ip",
    "login": "60/m/ip",
    # A key is a name together with the address it comes from: who guesses locks out nobody but themselves.
    "login_failed": "20/m/ip,100/h/ip,10/5m/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "reset_password": "10/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/60s/key,10/h/key,30/h/ip",
}

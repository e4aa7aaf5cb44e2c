"""How people come in: a question for whoever joins, and the settings of django-allauth."""

from django.core.exceptions import ImproperlyConfigured

from twitter_clone import env

CAPTCHA_QUESTION = env.text("CAPTCHA_QUESTION")
CAPTCHA_ANSWERS = [answer for answer in env.text("CAPTCHA_ANSWERS").split("|") if answer.strip()]
if bool(CAPTCHA_QUESTION) != bool(CAPTCHA_ANSWERS):
    raise ImproperlyConfigured(
        "CAPTCHA_QUESTION and CAPTCHA_ANSWERS belong together: a question, and what is right."
    )

ACCOUNT_ADAPTER = "web.adapter.Joining"
USERSESSIONS_ADAPTER = "web.adapter.Sessions"
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
# Our own pages count by common/rates. What allauth would bring besides, as the codes of a second step, counts
# by its own means in the same cache.
ACCOUNT_RATE_LIMITS = {
    **dict.fromkeys(
        (
            "signup",
            "login",
            "change_password",
            "manage_email",
            "reauthenticate",
            "reset_password",
            "reset_password_from_key",
            "confirm_email",
        )
    ),
    "login_failed": "20/m/ip,100/h/ip,10/5m/key",
}

# The second step: codes of an app, passkeys, and recovery codes that are shown once.
MFA_ADAPTER = "accounts.second_step.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1  # half minutes that a clock may be wrong
MFA_RECOVERY_CODE_COUNT = 10
MFA_RATE_LIMITS = {"webauthn_login": None}

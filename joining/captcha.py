"""A question of the host's own for whoever joins by the form: CAPTCHA_QUESTION. It asks no third party about
visitors, and is answered without scripts, pictures or sound.
"""

from django.conf import settings

from common.words import fold_once


def is_right(answer: str) -> bool:
    """Whether it is one of CAPTCHA_ANSWERS, however it is spelled: case, accents and spaces do not count."""
    return fold_once(answer) in map(fold_once, settings.CAPTCHA_ANSWERS)

"""Pages with something to say, as another server would send them."""


def page(*tags: str, title: str = "A page") -> bytes:
    return f"<!doctype html><head><title>{title}</title>{''.join(tags)}</head><body>Hello".encode()


def picture_tag(path: str = "/picture", form: str = "") -> str:
    return f"<meta property=og:image content='{path}'><meta name=twitter:card content='{form}'>"

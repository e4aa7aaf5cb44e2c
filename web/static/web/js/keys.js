/* Keyboard shortcuts, listed at /keyboard/. Silent in fields, with modifiers, and when switched off. */
(() => {
  "use strict";
  if (document.documentElement.dataset.keys === "off") return;
  const ITEMS = "main :is([data-card], .tweet--focus, .notice, .person, [data-item], .filtered:not([open]))";
  const PLACES = { h: "/", e: "/explore/", n: "/notifications/", m: "/messages/", p: "me", b: "/bookmarks/", l: "/lists/", s: "/settings/" };
  const WAIT_MS = 1200; // for the second key after g

  const items = () => [...document.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility());
  const current = () => document.activeElement?.closest?.(ITEMS);
  const go = (href) => href && location.assign(href);
  const press = (found) => found?.click();

  // From the focused one; else from the first that is not above the reader.
  const move = (step) => {
    const all = items();
    const bar = parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart) || 0;
    const at = all.indexOf(current());
    let next = at + step;
    if (at < 0) next = all.findIndex((item) => item.getBoundingClientRect().top >= (step > 0 ? bar - 24 : 0));
    const item = all[next];
    if (item) {
      item.tabIndex = -1;
      item.focus({ preventScroll: true, focusVisible: true });
      item.scrollIntoView({ block: "nearest" });
      // Taller than the room there is: its head counts.
      if (item.getBoundingClientRect().top < bar) item.scrollIntoView({ block: "start" });
    } else if (step > 0) press(document.querySelector("[data-more] a, .people__more a"));
  };

  const inside = (selector) => current()?.querySelector(selector) ?? document.querySelector(".tweet--focus")?.querySelector(selector);
  const CLOSED = ":is(.warning, .cover):not([open]) > summary"; // what an author or the reader covered
  const OPENED = ":is(.warning, .cover) > summary";
  const LEADS = ["a[data-open]", ".notice__quote a", ".notice__line a", "a.name", "summary", "a"]; // the first there is
  const open = () => press(LEADS.map((lead) => current()?.querySelector(lead)).find(Boolean));
  const deed = (selector) => inside(selector)?.dispatchEvent(new CustomEvent("gesture", { bubbles: true }));
  const author = () => inside("a.name")?.getAttribute("href");
  const write = () => {
    const field = document.querySelector("#composer textarea[name=text]");
    if (!field) return go("/create/");
    field.focus();
    field.scrollIntoView({ block: "center" });
  };
  const quote = () => {
    const id = inside("[data-quote]")?.formAction.match(/\/(\d+)\/\w+$/)?.[1];
    if (id) go(`/create/?quote=${id}`);
  };

  const pictures = () => {
    const link = inside("a[data-full]");
    const folded = link?.closest(".warning:not([open])") ?? link?.closest(".cover:not([open])");
    press(folded?.querySelector("summary") ?? link);
  };

  const help = async () => {
    const known = document.querySelector("dialog.keys");
    if (known) return known.close();
    const answer = await fetch("/keyboard/", { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) return go("/keyboard/");
    const dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-labelledby", "keys-title");
    dialog.innerHTML = await answer.text();
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (event) => (event.target === dialog || event.target.closest("[data-close]")) && dialog.close());
    document.body.append(dialog);
    dialog.showModal();
  };

  const fresh = () => {
    const pill = document.querySelector(".pill");
    if (pill) pill.click();
    else if (document.querySelector("[data-feed]")) go(location.pathname);
  };

  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    o: open,
    l: () => deed(".do-like"),
    t: () => deed(".do-retweet"),
    b: () => deed(".do-bookmark"),
    r: () => go(inside(".do-reply")?.href),
    q: quote,
    u: () => go(author()),
    m: () => author() && go(`${author()}/mute`),
    x: () => press(current()?.closest(".filtered")?.querySelector("summary") ?? inside(`${CLOSED}, .tweet__more`) ?? inside(OPENED)),
    e: pictures,
    n: write,
    "/": () => document.querySelector("main input[type=search], input[type=search]")?.focus(),
    ".": fresh,
    "?": help,
  };

  const ready = (event) =>
    !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing &&
    !event.target.closest?.("input, textarea, select, [contenteditable]");

  let waiting = 0; // until when the second key after g counts
  document.addEventListener("keydown", (event) => {
    if (!ready(event)) return;
    const dialog = document.querySelector("dialog[open]");
    if (dialog && !(event.key === "?" && dialog.matches(".keys"))) return;
    const key = event.key;
    const isSecond = event.timeStamp < waiting;
    waiting = 0;
    if (isSecond && key in PLACES) {
      event.preventDefault();
      const me = document.querySelector(".account, .drawer__who a")?.getAttribute("href");
      return go(PLACES[key] === "me" ? me : PLACES[key]);
    }
    if (key === "g") waiting = event.timeStamp + WAIT_MS;
    else if (key === "Enter" && event.target === current()) open();
    else if (Object.hasOwn(KEYS, key) && !event.repeat) {
      event.preventDefault();
      KEYS[key]();
    } else if (event.repeat && (key === "j" || key === "k")) KEYS[key]();
  });
})();

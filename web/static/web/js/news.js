/* What changes in place while one looks: numbers, what is edited or gone, and replies that come. */
(() => {
  "use strict";
  const cards = (id) => document.querySelectorAll(`main article[id="t${id}"]`);
  const parsed = (html) => document.createRange().createContextualFragment(html).firstElementChild;
  const begin = (item) => {
    htmx.process(item);
    item.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: item } }));
  };

  // --- Badges --------------------------------------------------------------------------------------
  const badge = (href, number) => {
    for (const link of document.querySelectorAll(`:is(.rail, .bottombar, .drawer) a[href="${href}"]`)) {
      link.querySelector(".badge")?.remove();
      if (!number) continue;
      const unread = Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: " unread" });
      const mark = Object.assign(document.createElement("span"), { className: "badge", textContent: number });
      mark.append(unread);
      link.append(mark);
    }
  };
  const unread = ([notices, messages, all]) => {
    badge("/notifications/", notices);
    badge("/messages/", messages);
    document.title = (all ? `(${all}) ` : "") + document.title.replace(/^\(\d+\+?\) /, "");
  };

  // --- Counts --------------------------------------------------------------------------------------
  const count = (button, number) => {
    if (!button || button.textContent === number) return;
    button.textContent = number;
    button.setAttribute("aria-label", button.getAttribute("aria-label").replace(/,.*/, "") + (number ? `, ${number}` : ""));
  };
  const counts = (found) => {
    for (const [id, numbers] of Object.entries(found))
      for (const card of cards(id)) {
        const actions = card.querySelector("[data-actions]");
        if (!actions || "busy" in actions.dataset) continue; // the reader's own gesture is on its way
        [".do-reply", ".do-retweet", ".do-like"].forEach((name, place) => count(actions.querySelector(name), numbers[place]));
      }
  };
  const line = (html) => document.querySelector(".tweet--focus [data-counts]")?.replaceWith(parsed(html));

  // --- Gone, or changed ----------------------------------------------------------------------------
  const note = () => Object.assign(document.createElement("p"), { className: "gone", textContent: "This tweet is gone, or you may not see it." });
  const gone = (id) => {
    for (const card of cards(id)) {
      const item = card.closest("[data-entry]") ?? card.closest("li");
      if (!item || item.querySelector(".nest, article ~ article")) card.replaceWith(note());
      else item.remove();
    }
  };
  const IN_USE = ":is(:focus, [open], :checked)";
  const redraw = ({ id, html }) => {
    for (const card of cards(id)) {
      const fresh = parsed(html)?.closest("article") ?? parsed(html)?.querySelector("article");
      if (!fresh || card.querySelector(IN_USE) || fresh.matches(".tweet--focus") !== card.matches(".tweet--focus")) continue;
      for (const kept of [".tweet__context", ".tweet__step"]) {
        const part = card.querySelector(kept);
        if (part && !fresh.querySelector(kept)) (kept === ".tweet__context" ? fresh : fresh.querySelector(".tweet__head"))?.[kept === ".tweet__context" ? "prepend" : "append"](part);
      }
      card.replaceWith(fresh);
      begin(fresh);
    }
  };

  // --- Replies -------------------------------------------------------------------------------------
  const NESTED = 2;
  const listOf = (parent) => {
    if (parent.matches(".tweet--focus")) {
      const known = document.querySelector("ol#posts");
      if (known) return known.querySelector(":scope > [data-more]") ? null : known; // else it stands further down
      const list = Object.assign(document.createElement("ol"), { id: "posts", className: "feed" });
      list.setAttribute("aria-label", "Replies");
      document.querySelector("main").append(list);
      return list;
    }
    const item = parent.closest("#posts li");
    if (!item || item.querySelector(":scope > .nest__more")) return null;
    let depth = 0;
    for (let one = item.closest(".nest"); one; one = one.parentElement.closest(".nest")) depth += 1;
    if (depth >= NESTED) return null;
    const list = item.querySelector(":scope > .nest") ?? Object.assign(document.createElement("ol"), { className: "nest" });
    if (!list.parentElement) item.append(list);
    return list;
  };
  const reply = ({ id, parent, html }) => {
    const [answered] = cards(parent);
    if (!answered || cards(id).length) return;
    const list = listOf(answered);
    if (!list) return;
    const item = document.createElement("li");
    item.append(parsed(html));
    const end = list.querySelector(":scope > .feed__end");
    if (end) end.before(item);
    else list.append(item);
    begin(item);
  };

  document.addEventListener("news", ({ detail }) => {
    if (detail.unread) unread(detail.unread);
    if (detail.counts) counts(detail.counts);
    if (detail.line) line(detail.line);
    detail.gone?.forEach(gone);
    if (detail.card) redraw(detail.card);
    detail.replies?.forEach(reply);
  });
})();

/* Endless reading: load more when its link nears the screen, five times, then wait to be asked.
   Going back finds the place again, also when the browser has forgotten the page. */
(() => {
  "use strict";
  const AUTOMATIC_LOADS = 5;
  const STEPS_BACK = 20; // pages loaded at most to find the place again
  const NEAR = "600px";
  const feed = document.querySelector("[data-feed]");
  if (!feed) return;

  let loads = 0;
  const load = (item) => htmx.trigger(item.querySelector("a"), "near");

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting || seeking || loads >= AUTOMATIC_LOADS) continue;
        loads += 1;
        watcher.unobserve(entry.target);
        load(entry.target);
      }
    },
    { rootMargin: NEAR },
  );
  const watch = () => feed.querySelectorAll("[data-more]").forEach((item) => watcher.observe(item));

  feed.addEventListener("click", (event) => {
    if (event.target.closest("[data-more] a")) loads = 0;
  });

  // The feed pattern of ARIA: each article knows its place, the feed whether more is on its way.
  const number = () => {
    if (feed.getAttribute("role") !== "feed") return;
    feed.removeAttribute("aria-busy");
    feed.querySelectorAll(":scope > article, :scope > div > article, :scope > div > div > article").forEach((article, place) => {
      article.setAttribute("aria-posinset", place + 1);
      article.setAttribute("aria-setsize", -1);
    });
  };
  number();
  feed.addEventListener("htmx:beforeRequest", (event) => event.target.closest("[data-more]") && feed.setAttribute("aria-busy", "true"));
  feed.addEventListener("htmx:afterRequest", () => feed.removeAttribute("aria-busy"));

  // htmx tells it once for every card that arrived; once for all of them is enough.
  let settled = 0;
  feed.addEventListener("htmx:afterSettle", () => {
    history.scrollRestoration = "manual"; // the browser cannot know that the page grew; both at once overshoot
    clearTimeout(settled);
    settled = setTimeout(() => {
      number();
      watch();
      if (seeking) seek();
    });
  });

  // --- The way back ------------------------------------------------------------------------------
  const key = `place:${location.pathname}${location.search}`;
  let seeking = null;
  let steps = 0;

  addEventListener("pagehide", () => {
    const card = [...feed.querySelectorAll("[data-card]")].find((one) => one.getBoundingClientRect().bottom > 0);
    if (!card || history.scrollRestoration === "auto") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ id: card.id, top: card.getBoundingClientRect().top }));
  });

  const seek = () => {
    const card = document.getElementById(seeking.id);
    const more = feed.querySelector("[data-more]");
    if (card) scrollBy({ top: card.getBoundingClientRect().top - seeking.top, behavior: "instant" });
    const isThere = card && Math.abs(card.getBoundingClientRect().top - seeking.top) < 2;
    if (isThere || !more || steps >= STEPS_BACK) {
      seeking = null;
      return;
    }
    // The card is not loaded yet, or the page ends too early to scroll that far.
    steps += 1;
    load(more);
  };

  addEventListener("load", () => {
    const [visit] = performance.getEntriesByType("navigation");
    if (["back_forward", "reload"].includes(visit?.type)) seeking = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (seeking) seek();
    watch();
  });
})();

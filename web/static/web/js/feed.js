/* Endless reading: load more when its link nears the screen, five times, then wait to be asked.
   Going back finds the place again, also when the browser has forgotten the page. */
(() => {
  "use strict";
  const AUTOMATIC_LOADS = 5;
  const NEAR = "600px";
  const feed = document.querySelector("[data-feed]");
  if (!feed) return;

  let loads = 0;
  const load = (item) => htmx.trigger(item.querySelector("a"), "near");

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting || loads >= AUTOMATIC_LOADS) continue;
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
  feed.addEventListener("htmx:afterSettle", watch);

  // --- The way back ------------------------------------------------------------------------------
  const key = `place:${location.pathname}${location.search}`;

  addEventListener("pagehide", () => {
    const card = [...feed.querySelectorAll("[data-card]")].find((one) => one.getBoundingClientRect().bottom > 0);
    if (!card || scrollY < innerHeight) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ id: card.id, top: card.getBoundingClientRect().top }));
  });

  const goBack = () => {
    const place = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (!place) return;
    const seek = () => {
      const card = document.getElementById(place.id);
      const more = feed.querySelector("[data-more]");
      if (card) {
        scrollBy({ top: card.getBoundingClientRect().top - place.top, behavior: "instant" });
      } else if (more && loads < AUTOMATIC_LOADS) {
        loads += 1;
        feed.addEventListener("htmx:afterSettle", seek, { once: true });
        load(more);
      }
    };
    seek();
  };

  const [visit] = performance.getEntriesByType("navigation");
  addEventListener("load", () => {
    if (visit?.type === "back_forward") goBack();
    watch();
  });
})();

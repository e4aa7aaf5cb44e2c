/* New tweets gather behind one pill and wait there, so that nothing moves under the reader. */
(() => {
  "use strict";
  const stop = document.querySelector("[data-pill]");
  if (!stop) return;
  const MOST = 40; // more are read by reading the page anew
  const FACES = 3;
  const place = document.querySelector("main").dataset.live;
  const says = document.querySelector("[data-pill-says]");
  const feed = document.querySelector("[data-feed]");
  const entries = () => [...(feed?.querySelectorAll("[data-entry]") ?? [])];
  const older = (one, other) => (one.length - other.length || (one < other ? -1 : 1)) < 0;
  const waiting = new Map(); // id of the entry -> whose face stands for it
  window.waitingTweets = () => [...waiting.keys()].slice(-20);

  const faces = () => {
    const people = new Map([...waiting].sort(([one], [other]) => (older(one, other) ? 1 : -1)).map(([, { by, face }]) => [by, face]));
    const row = document.createElement("span");
    row.className = "faces";
    row.append(
      ...[...people.values()].filter(Boolean).slice(0, FACES).map((src) => Object.assign(document.createElement("img"), { src, alt: "", width: 20, height: 20, className: "avatar avatar--20" })),
    );
    return row;
  };

  const draw = () => {
    const number = waiting.size;
    if (!number) return stop.replaceChildren();
    const words = number === 1 ? stop.dataset.one : stop.dataset.many.replace("#", number > MOST ? `${MOST}+` : number);
    let pill = stop.querySelector(".pill");
    if (!pill) {
      pill = document.createElement("button");
      pill.type = "button";
      pill.className = "pill";
      pill.addEventListener("click", show);
      stop.replaceChildren(pill);
      says.textContent = words; // said once, not for each
    }
    pill.replaceChildren(faces(), words);
  };

  const gather = (found) => {
    const there = new Set(entries().map((item) => item.dataset.entry));
    const oldest = entries().at(-1)?.dataset.entry;
    for (const { id, by, face } of found)
      if (!there.has(id) && (!oldest || older(oldest, id))) waiting.set(id, { by, face });
    draw();
  };

  const insert = (html) => {
    const fresh = [...document.createRange().createContextualFragment(html).querySelectorAll("[data-entry]")];
    const there = new Set(entries().map((item) => item.dataset.entry));
    const added = fresh.filter((item) => !there.has(item.dataset.entry));
    for (const item of added) {
      const next = entries().find((one) => older(one.dataset.entry, item.dataset.entry));
      if (next) next.before(item);
      else feed.prepend(item);
      htmx.process(item);
      item.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: item } }));
    }
    feed.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { elt: feed } }));
    return added[0];
  };

  const anew = () => {
    scrollTo(0, 0);
    location.assign(location.pathname + location.search);
  };
  const show = async () => {
    if (!feed || !place || place === "notifications" || waiting.size > MOST) return anew();
    const from = [...waiting.keys()].reduce((best, id) => (older(id, best) ? id : best));
    const answer = await fetch(`/live/tweets?${new URLSearchParams({ place, from })}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) {
      const sentence = "No answer from the server. Check your connection and try again.";
      return document.dispatchEvent(new CustomEvent("toast", { detail: { sentence, isError: true } }));
    }
    waiting.clear();
    says.textContent = "";
    draw();
    const first = insert(await answer.text());
    scrollTo({ top: 0, behavior: "instant" });
    first?.querySelector("article")?.focus({ preventScroll: true });
  };

  // A page that asks is not told of each notification; it sees their number rise.
  const number = (text) => parseInt(text, 10) || 0;
  let unread = number(document.querySelector('.rail a[href="/notifications/"] .badge')?.textContent);

  document.addEventListener("news", ({ detail }) => {
    if (detail.new?.length) gather(detail.new);
    const before = unread;
    if (detail.unread) unread = number(detail.unread[0]);
    if (place === "notifications" && (detail.notices || unread > before)) gather([{ id: "notices" }]);
    if (detail.gone?.some((id) => waiting.delete(id))) draw();
  });
})();

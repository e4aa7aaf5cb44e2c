/* The line to the server: a socket where there is one, else a question every half minute. Whatever comes is told
   to the page as “news”. Nothing is lost with the line: the page knows the newest it has, and asks for the rest. */
(() => {
  "use strict";
  const main = document.querySelector("main[data-live]");
  if (!main) return;
  const POLL_MS = 1000 * main.dataset.poll;
  const SILENT_MS = 600_000; // a line may be dead without anybody noticing
  const HIDDEN_MS = 60_000; // then a page that nobody looks at lets go of its line
  const LONGEST_MS = 60_000;
  const FAR_PX = 600; // above and below what is on the screen
  const MOST_WATCHED = 60;
  const [SIGNED_OUT, RUDE, TOO_BIG, RESTART] = [4001, 1008, 1009, 1012];

  let socket = null;
  let isWell = false; // what happens comes by itself
  let heardAt = 0; // when we last knew that nothing was missing, in ms since the page was asked for
  let failures = 0;
  let isOver = false; // nobody is signed in here any more
  let hasSocket = "socket" in main.dataset;
  let timer, hiding, watching;

  // --- What the page has ---------------------------------------------------------------------------
  const newer = (one, other) => (one.length - other.length || (one > other ? 1 : -1)) > 0; // ids outgrow numbers
  const newest = () => {
    const entries = [...main.querySelectorAll("[data-entry]")].map((item) => item.dataset.entry);
    const ids = entries.length ? entries : [...main.querySelectorAll("article[id^=t]")].map((card) => card.id.slice(1));
    return ids.filter((id) => /^\d+$/.test(id)).reduce((best, id) => (newer(id, best) ? id : best), "0");
  };
  const onScreen = () => {
    const near = (card) => {
      const { top, bottom } = card.getBoundingClientRect();
      return bottom > -FAR_PX && top < innerHeight + FAR_PX;
    };
    const ids = [...main.querySelectorAll("article[id^=t]")].filter(near).map((card) => card.id.slice(1));
    return [...new Set([...ids, ...(window.waitingTweets?.() ?? [])])].filter((id) => /^\d+$/.test(id)).slice(0, MOST_WATCHED);
  };

  const tell = (news) => document.dispatchEvent(new CustomEvent("news", { detail: news }));

  // --- Asking --------------------------------------------------------------------------------------
  let asking = false;
  const ask = async () => {
    if (asking || isOver || document.hidden) return;
    asking = true;
    const began = performance.now();
    const query = new URLSearchParams({ place: main.dataset.live, since: newest(), tweets: onScreen().join(",") });
    const answer = await fetch(`/live/news?${query}`, { cache: "no-cache" }).catch(() => null);
    if (answer?.ok) {
      tell(await answer.json());
      heardAt = began;
    }
    asking = false;
  };
  setInterval(() => (isWell && performance.now() - heardAt < SILENT_MS) || ask(), POLL_MS);

  // --- The socket ----------------------------------------------------------------------------------
  let watched = "";
  const watch = () => {
    const ids = onScreen();
    if (!isWell || ids.join() === watched) return;
    watched = ids.join();
    socket.send(JSON.stringify({ tweets: ids }));
  };

  const hear = ({ data }) => {
    const news = JSON.parse(data);
    if ("ready" in news) {
      isWell = true;
      failures = 0;
      if (!news.ready) setTimeout(ask, Math.random() * 3000); // with all the others
    } else tell(news);
    heardAt = performance.now();
  };

  const again = (code) => {
    socket = null;
    isWell = false;
    isOver ||= code === SIGNED_OUT;
    if (isOver || document.hidden) return;
    if ([RUDE, TOO_BIG].includes(code)) hasSocket = false;
    failures += 1;
    const wait = Math.min(1000 * 2 ** failures, LONGEST_MS) * (failures > 6 ? 5 : 1);
    timer = setTimeout(connect, code === RESTART ? 1000 + Math.random() * 8000 : wait * (0.5 + Math.random()));
  };

  const connect = () => {
    clearTimeout(timer);
    if (!hasSocket || socket || isOver || !navigator.onLine) return; // “online” calls us back
    const mine = new WebSocket(`${location.origin.replace(/^http/, "ws")}/live`);
    socket = mine;
    mine.addEventListener("open", () => {
      if (mine !== socket) return mine.close(); // we hung up meanwhile
      const tweets = onScreen();
      watched = tweets.join();
      mine.send(JSON.stringify({ place: main.dataset.live, tweets, age: (performance.now() - heardAt) / 1000 + 1 }));
    });
    mine.addEventListener("message", hear);
    mine.addEventListener("close", ({ code }) => mine === socket && again(code));
  };

  const hangUp = () => {
    const former = socket;
    socket = null;
    isWell = false;
    clearTimeout(timer);
    if (former?.readyState === WebSocket.OPEN) former.close(); // the browser complains of one not open yet
  };
  const back = () => {
    clearTimeout(hiding);
    if (document.hidden || isOver) return;
    if (!hasSocket) ask();
    connect();
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiding = setTimeout(hangUp, HIDDEN_MS);
    else back();
  });
  addEventListener("pagehide", hangUp); // a page with an open line is not kept for the way back
  addEventListener("pageshow", (event) => event.persisted && back());
  addEventListener("online", back);
  const later = () => {
    clearTimeout(watching);
    watching = setTimeout(watch, 1000);
  };
  addEventListener("scroll", later, { passive: true });
  document.addEventListener("htmx:load", later);
  document.addEventListener("news", later);
  addEventListener("load", () => setTimeout(connect, 200));
})();

/* A link of a tweet was followed: the server counts how many people did, for the tweet's author, and nothing else.
   The link itself leads straight to where it leads. Whoever asks not to be counted is not. */
(() => {
  "use strict";
  const told = new Set();
  const pathOf = (link) => {
    const quote = link.closest(".quote");
    const opens = quote ? quote.querySelector(".quote__open") : link.closest(".tweet")?.querySelector("time")?.closest("a[href]");
    return opens?.getAttribute("href");
  };

  const tell = (event) => {
    if (event.type === "auxclick" && event.button !== 1) return;
    const link = event.target.closest?.(".tweet .tweet__text a[href], .tweet .linkcard[href]");
    if (!link || link.origin === location.origin || !/^https?:$/.test(link.protocol)) return;
    if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
    const path = pathOf(link);
    if (!path || told.has(path)) return;
    told.add(path);
    navigator.sendBeacon?.(`${path}/opened`);
  };
  document.addEventListener("click", tell);
  document.addEventListener("auxclick", tell);
})();

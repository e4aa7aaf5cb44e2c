/* Times in the reader's own zone: the server writes UTC into every time element. */
(() => {
  "use strict";
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });

  const localise = (root) => {
    for (const time of root.querySelectorAll("time[datetime]")) {
      const moment = new Date(time.dateTime);
      if (Number.isNaN(moment.getTime())) continue;
      if (time.dataset.local === "clock") time.textContent = clock.format(moment);
      else if ("local" in time.dataset) time.textContent = format.format(moment);
      if (time.title) time.title = format.format(moment);
    }
  };

  localise(document);
  document.addEventListener("htmx:load", (event) => localise(event.detail.elt));
})();

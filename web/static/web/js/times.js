/* Times in the reader's own zone: the server writes UTC into every time element. */
(() => {
  "use strict";
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });

  const localise = (root) => {
    for (const time of root.querySelectorAll("time[datetime]")) {
      const moment = new Date(time.dateTime);
      if (Number.isNaN(moment.getTime())) continue;
      if ("local" in time.dataset) time.textContent = format.format(moment);
      else if (time.title) time.title = format.format(moment);
    }
  };

  localise(document);
  document.addEventListener("htmx:load", (event) => localise(event.detail.elt));
})();

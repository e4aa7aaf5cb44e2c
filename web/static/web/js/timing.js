/* The time of a scheduled tweet: the browser's zone is offered, and the button says what it does. */
(() => {
  "use strict";
  document.querySelectorAll("[data-timing]").forEach((timing) => {
    const form = timing.closest("form");
    const at = timing.querySelector("[data-post-at]");
    const zone = timing.querySelector("[data-zone]");
    const send = form.querySelector("[data-send]");
    let words = ""; // what the button said before
    const chip = Object.assign(document.createElement("span"), { className: "chip" });

    if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const tell = () => {
      const moment = new Date(at.value);
      at.disabled = !timing.open;
      const isSet = timing.open && at.value !== "" && !Number.isNaN(moment.getTime());
      if (isSet && !words && send.textContent !== "Save") {
        words = send.textContent;
        send.textContent = "Schedule";
      } else if (!isSet && words) {
        send.textContent = words;
        words = "";
      }
      chip.textContent = isSet ? `Scheduled for ${moment.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })}` : "";
      if (isSet) timing.before(chip);
      else chip.remove();
    };
    timing.addEventListener("input", tell);
    addEventListener("pageshow", tell);
  });
})();

/* Toasts: fade after five seconds, wait while pointed at or focused; errors stay until closed. */
(() => {
  "use strict";
  const SHOWN_FOR_MS = 5000;

  const close = (note) => {
    note.classList.add("note--leaving");
    setTimeout(() => note.remove(), 200);
  };

  const start = (note) => {
    if ("started" in note.dataset) return;
    note.dataset.started = "";
    note.querySelector("[data-close]")?.addEventListener("click", () => close(note));
    if ("stays" in note.dataset) return;
    let timer = setTimeout(close, SHOWN_FOR_MS, note);
    const wait = () => clearTimeout(timer);
    const go = () => {
      clearTimeout(timer);
      timer = setTimeout(close, SHOWN_FOR_MS, note);
    };
    note.addEventListener("pointerenter", wait);
    note.addEventListener("focusin", wait);
    note.addEventListener("pointerleave", go);
    note.addEventListener("focusout", go);
  };

  const show = (sentence, isError = false) => {
    const note = document.createElement("div");
    note.className = isError ? "note note--error" : "note";
    note.dataset.toast = "";
    const words = document.createElement("span");
    words.textContent = sentence;
    note.append(words);
    if (isError) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-text btn-sm";
      button.textContent = "Close";
      button.dataset.close = "";
      note.dataset.stays = "";
      note.append(button);
    }
    document.querySelector("[data-toasts]")?.append(note);
    start(note);
  };

  document.querySelectorAll("[data-toast]").forEach(start);
  document.addEventListener("toast", (event) => show(event.detail.sentence, event.detail.isError));
  document.addEventListener("htmx:sendError", () => show("No answer from the server. Check your connection and try again.", true));
  document.addEventListener("htmx:responseError", (event) => {
    const busy = event.detail.xhr.status === 429;
    show(busy ? "That was a little too fast. Wait a moment and try again." : "That did not work. Please try again.", true);
  });
})();

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

  const show = (sentence, isError = false, link = null) => {
    const note = document.createElement("div");
    note.className = isError ? "note note--error" : "note";
    note.dataset.toast = "";
    const words = document.createElement("span");
    words.textContent = sentence;
    note.append(words);
    if (link) note.append(Object.assign(document.createElement("a"), { href: link.href, textContent: link.words }));
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

  // Why the server said no: its own sentence where it has one for people.
  const USUAL = { 403: "That is not allowed.", 404: "That is gone, or not for you to see.", 429: "That was a little too fast. Wait a moment and try again." };
  const reason = (status, kind, words) => (kind?.startsWith("text/plain") && words.length < 300 ? words : (USUAL[status] ?? "The server could not do that. Please try again."));
  window.reasonOf = async (answer) => reason(answer.status, answer.headers.get("Content-Type"), await answer.text());

  document.querySelectorAll("[data-toast]").forEach(start);
  document.addEventListener("toast", ({ detail }) => show(detail.sentence, detail.isError, detail.link));
  document.addEventListener("htmx:sendError", () => show("No answer from the server. Check your connection and try again.", true));
  document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => show(reason(xhr.status, xhr.getResponseHeader("Content-Type"), xhr.responseText), true));
})();

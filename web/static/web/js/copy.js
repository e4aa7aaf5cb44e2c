/* Copy the address in data-copy, or the words in data-copy-words, to the clipboard and say so. */
(() => {
  "use strict";
  const tell = (sentence, isError = false) =>
    document.dispatchEvent(new CustomEvent("toast", { detail: { sentence, isError } }));

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-copy-words]");
    if (!button) return;
    const words = button.dataset.copyWords;
    const copied = words ?? new URL(button.dataset.copy, location.href).href;
    try {
      await navigator.clipboard.writeText(copied);
      tell(button.dataset.copied ?? (words ? `${words} copied` : "Link copied"));
    } catch {
      // Browsers give the clipboard to safe (HTTPS or local) pages only.
      tell(`Your browser does not let pages copy here: ${copied}`, true);
    }
  });
})();

/* Copy the address in data-copy to the clipboard and say so. */
(() => {
  "use strict";
  const tell = (sentence, isError = false) =>
    document.dispatchEvent(new CustomEvent("toast", { detail: { sentence, isError } }));

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const address = new URL(button.dataset.copy, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      tell("Link copied");
    } catch {
      // Browsers give the clipboard to safe (HTTPS or local) pages only.
      tell(`Your browser does not let pages copy here. The link is ${address}`, true);
    }
  });
})();

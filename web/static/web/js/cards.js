/* A click anywhere on a card opens its tweet, except on what has a meaning of its own. */
(() => {
  "use strict";
  const OWN_MEANING = "a, button, summary, details, input, textarea, label, [contenteditable]";

  document.addEventListener("click", (event) => {
    const card = event.target.closest("[data-card]");
    if (!card || event.defaultPrevented || event.target.closest(OWN_MEANING)) return;
    if (String(getSelection()) !== "") return;
    const link = card.querySelector("a[data-open]");
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  });
})();

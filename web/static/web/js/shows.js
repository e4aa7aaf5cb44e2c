/* Buttons of a composer that open more of its fields: a poll, a time. What is closed again is not sent. */
(() => {
  "use strict";
  document.querySelectorAll("[data-composer]").forEach((form) => {
    const foldOf = (button) => (button.closest("[data-part]") ?? form).querySelector(button.dataset.shows);
    const tell = () => form.querySelectorAll("[data-shows]").forEach((button) => button.setAttribute("aria-expanded", foldOf(button).open));

    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-shows]");
      if (!button) return;
      const fold = foldOf(button);
      fold.open = !fold.open;
    });
    form.addEventListener("toggle", (event) => {
      const fold = event.target;
      if (!fold.matches(".fold")) return;
      tell();
      fold.dispatchEvent(new Event("input", { bubbles: true }));
      if (fold.open && form.contains(document.activeElement)) fold.querySelector("input:enabled, select:enabled")?.focus();
    }, true);
    form.addEventListener("parts", tell);
    tell();
  });
})();

/* Follow answers at once: the word changes before the server has said yes, and goes back if it says no. */
(() => {
  "use strict";
  const buttonOf = (event) => event.detail.elt?.closest?.("[data-follow]");

  document.addEventListener("htmx:beforeRequest", (event) => {
    const button = buttonOf(event);
    if (!button) return;
    button.before = { words: button.innerHTML, pressed: button.getAttribute("aria-pressed") };
    const word = document.createElement("span");
    word.textContent = button.dataset.follow;
    const name = button.querySelector(".visually-hidden");
    button.replaceChildren(word, ...(name ? [name] : []));
    button.setAttribute("aria-pressed", String(button.before.pressed !== "true"));
  });

  const takeBack = (event) => {
    const button = buttonOf(event);
    if (!button?.before) return;
    button.innerHTML = button.before.words;
    button.setAttribute("aria-pressed", button.before.pressed);
  };
  document.addEventListener("htmx:responseError", takeBack);
  document.addEventListener("htmx:sendError", takeBack);
})();

/* Choosing a theme shows it at once; the server keeps the choice when the form is saved. */
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-theme-choice]")) document.documentElement.dataset.theme = event.target.value;
  });
})();

/* Buttons that print the page: without scripts the browser's own menu does. */
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });
})();

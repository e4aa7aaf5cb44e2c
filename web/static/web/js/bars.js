/* A row of links that is wider than the screen begins where one is. Some browsers do so by the style alone. */
(() => {
  "use strict";
  if (CSS.supports("scroll-initial-target", "nearest")) return;
  document.querySelectorAll("[data-sections] [aria-current]").forEach((here) => here.scrollIntoView({ block: "nearest", inline: "center" }));
})();

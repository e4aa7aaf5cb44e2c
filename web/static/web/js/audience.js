/* The composer says beside its menu whatever differs from the usual audience. */
(() => {
  "use strict";
  const tell = (form) => {
    const chosen = [...form.querySelectorAll("[data-audience] option:checked")].map((option) => option.dataset.chip).filter(Boolean);
    const chips = chosen.map((words) => {
      const chip = document.createElement("span");
      chip.className = "chip";
      chip.textContent = words;
      return chip;
    });
    form.querySelector("[data-chips]").replaceChildren(...chips);
  };

  document.addEventListener("change", (event) => {
    const menu = event.target.closest("[data-audience]");
    if (menu) tell(menu.closest("form"));
  });
  // A page that comes back keeps what was chosen in its fields.
  addEventListener("pageshow", () => document.querySelectorAll("[data-chips]").forEach((chips) => tell(chips.closest("form"))));
})();

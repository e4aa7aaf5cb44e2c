/* Pictures large, in a dialog: arrows and swipes, a click zooms, the description always below. */
(() => {
  "use strict";
  const SWIPE = 48; // pixels
  const SPRITE = document.querySelector(".logo use")?.getAttribute("href").split("#")[0] ?? "";
  let dialog = null;
  let pictures = [];
  let place = 0;

  const button = (name, icon, turns = "") =>
    `<button class="icon-btn" type="button" data-light="${name.toLowerCase()}"><svg class="icon ${turns}" aria-hidden="true"><use href="${SPRITE}#${icon}"></use></svg><span class="visually-hidden">${name}</span></button>`;

  const build = () => {
    dialog = document.createElement("dialog");
    dialog.className = "lightbox";
    dialog.setAttribute("aria-label", "Picture");
    dialog.innerHTML =
      `<div class="lightbox__top">${button("Close", "close")}<a class="icon-btn" data-light-original><svg class="icon" aria-hidden="true"><use href="${SPRITE}#expand"></use></svg><span class="visually-hidden">Open the original picture</span></a></div>` +
      '<div class="lightbox__stage"><img alt=""></div>' +
      `<div class="lightbox__foot">${button("Previous", "arrow-left")}<p class="lightbox__words" aria-live="polite"></p><span class="lightbox__count"></span>${button("Next", "arrow-left", "icon--up")}</div>`;
    document.body.append(dialog);
    dialog.addEventListener("click", onClick);
    dialog.addEventListener("keydown", onKey);
    dialog.addEventListener("close", () => pictures[place]?.focus());
    swipes(dialog.querySelector(".lightbox__stage"));
  };

  const show = () => {
    const link = pictures[place];
    const small = link.querySelector("img");
    const stage = dialog.querySelector(".lightbox__stage img");
    dialog.classList.remove("lightbox--zoomed");
    stage.src = link.dataset.full;
    stage.alt = small.alt;
    dialog.querySelector(".lightbox__words").textContent = small.alt;
    dialog.querySelector(".lightbox__count").textContent = pictures.length > 1 ? `${place + 1} / ${pictures.length}` : "";
    dialog.querySelector("[data-light-original]").href = link.dataset.full;
    for (const [name, off] of [["previous", place === 0], ["next", place === pictures.length - 1]]) {
      const step = dialog.querySelector(`[data-light=${name}]`);
      step.hidden = pictures.length === 1;
      step.disabled = off;
    }
  };

  const go = (step) => {
    const next = place + step;
    if (next < 0 || next >= pictures.length) return;
    place = next;
    show();
  };

  const onClick = (event) => {
    const pressed = event.target.closest("[data-light]")?.dataset.light;
    if (pressed === "close") dialog.close();
    else if (pressed === "previous") go(-1);
    else if (pressed === "next") go(1);
    else if (event.target.closest(".lightbox__stage img")) dialog.classList.toggle("lightbox--zoomed");
    else if (event.target.closest(".lightbox__stage")) dialog.close();
  };

  const onKey = (event) => {
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    if (event.key === "ArrowRight") go(forward);
    else if (event.key === "ArrowLeft") go(-forward);
  };

  const swipes = (stage) => {
    let from = null;
    stage.addEventListener("pointerdown", (event) => {
      from = event.pointerType === "touch" && event.isPrimary ? event.clientX : null;
    });
    stage.addEventListener("pointerup", (event) => {
      if (from === null || dialog.classList.contains("lightbox--zoomed")) return;
      const way = event.clientX - from;
      from = null;
      if (Math.abs(way) > SWIPE) go(way < 0 ? 1 : -1);
    });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-full]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!dialog) build();
    pictures = [...link.closest("[data-gallery]").querySelectorAll("a[data-full]")];
    place = pictures.indexOf(link);
    show();
    dialog.showModal();
  });
})();

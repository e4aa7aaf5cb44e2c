/* The composer: a ring that fills while one types, Ctrl or Command with Enter to send. */
(() => {
  "use strict";
  const NEAR = 20; // from here on the ring tells the number
  const TOLD = [20, 10, 0]; // and a screen reader hears it

  const start = (form) => {
    const text = form.querySelector("textarea[name=text]");
    const ring = form.querySelector("[data-ring]");
    const send = form.querySelector("[data-send]");
    const limit = Number(form.dataset.limit);
    const value = ring.querySelector(".ring__value");
    const count = ring.querySelector(".ring__count");
    const voice = ring.querySelector("[role=status]");

    const update = () => {
      const weight = window.tweetWeight(text.value);
      const left = limit - weight;
      value.setAttribute("stroke-dasharray", `${Math.min(100, (100 * weight) / limit)} 100`);
      ring.classList.toggle("ring--near", left <= NEAR && left >= 0);
      ring.classList.toggle("ring--over", left < 0);
      count.textContent = left <= NEAR ? left : "";
      if (left < 0) voice.textContent = `${-left} characters too many`;
      else if (TOLD.includes(left)) voice.textContent = `${left} characters left`;
      else if (left > NEAR) voice.textContent = "";
      const pictures = form.querySelector("[data-upload-item]");
      const waiting = form.querySelector("[data-upload-waiting]");
      send.disabled = left < 0 || Boolean(waiting) || (text.value.trim() === "" && !pictures);
      grow();
    };

    // Browsers without field-sizing get the same growth by hand.
    const grow = () => {
      if (CSS.supports("field-sizing", "content")) return;
      text.style.blockSize = "auto";
      text.style.blockSize = `${text.scrollHeight}px`;
    };

    text.addEventListener("input", update);
    form.addEventListener("pictures", update);
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (!send.disabled) form.requestSubmit(send);
    });
    update();
  };

  document.querySelectorAll("[data-composer]").forEach(start);
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("[data-composer] textarea[name=text]").forEach((text) => text.dispatchEvent(new Event("input")));
  });
})();

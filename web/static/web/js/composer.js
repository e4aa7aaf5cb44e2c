/* The composer: a ring for each tweet that fills while one types, Ctrl or Command with Enter to send. */
(() => {
  "use strict";
  const NEAR = 20; // from here on the ring tells the number
  const TOLD = [20, 10, 0]; // and a screen reader hears it
  const RING = '<svg viewBox="0 0 26 26" aria-hidden="true"><circle class="ring__track" cx="13" cy="13" r="11"></circle><circle class="ring__value" cx="13" cy="13" r="11" pathLength="100" stroke-dasharray="0 100"></circle></svg><span class="ring__count" aria-hidden="true"></span><span class="visually-hidden" role="status"></span>';

  const start = (form) => {
    const send = form.querySelector("[data-send]");
    const limit = Number(form.dataset.limit);
    const parts = () => [...form.querySelectorAll("[data-part]")];
    const textOf = (part) => part.querySelector("[name^=text]");

    // In a thread at the foot of its tweet, else beside the button.
    const ringOf = (part) => {
      const foot = part.querySelector("[data-foot]") ?? send.parentElement;
      const known = foot.querySelector("[data-ring]");
      if (known) return known;
      const ring = Object.assign(document.createElement("span"), { className: "ring", innerHTML: RING });
      ring.dataset.ring = "";
      if (foot.contains(send)) send.before(ring);
      else foot.append(ring);
      return ring;
    };

    const weigh = (part) => {
      const ring = ringOf(part);
      const text = textOf(part);
      const warning = part.querySelector("[data-warned][open] input")?.value ?? "";
      const weight = window.tweetWeight(text.value) + window.tweetWeight(warning);
      const left = limit - weight;
      const voice = ring.querySelector("[role=status]");
      ring.querySelector(".ring__value").setAttribute("stroke-dasharray", `${Math.min(100, (100 * weight) / limit)} 100`);
      ring.classList.toggle("ring--near", left <= NEAR && left >= 0);
      ring.classList.toggle("ring--over", left < 0);
      ring.querySelector(".ring__count").textContent = left <= NEAR ? left : "";
      if (left < 0) voice.textContent = `${-left} characters too many`;
      else if (TOLD.includes(left)) voice.textContent = `${left} characters left`;
      else if (left > NEAR) voice.textContent = "";
      grow(text);
    };

    const judge = () => {
      const says = parts().some((part) => textOf(part).value.trim() || part.querySelector("[data-upload-item]"));
      send.disabled = !says || Boolean(form.querySelector(".ring--over, [data-upload-waiting]"));
    };

    // Browsers without field-sizing get the same growth by hand.
    const grow = (text) => {
      if (CSS.supports("field-sizing", "content")) return;
      text.style.blockSize = "auto";
      text.style.blockSize = `${text.scrollHeight}px`;
    };

    const all = () => {
      parts().forEach(weigh);
      judge();
    };
    form.addEventListener("input", (event) => {
      const part = event.target.closest("[data-part]");
      if (part) weigh(part);
      judge();
    });
    form.addEventListener("pictures", judge);
    form.addEventListener("parts", all);
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (!send.disabled) form.requestSubmit(send);
    });
    addEventListener("pageshow", (event) => event.persisted && all());
    all();
  };

  document.querySelectorAll("[data-composer]").forEach(start);
})();

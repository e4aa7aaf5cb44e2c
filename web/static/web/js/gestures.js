/* Like, retweet, bookmark: shown at once, taken back with a word when the server does not agree. */
(() => {
  "use strict";
  const tell = (sentence) => document.dispatchEvent(new CustomEvent("toast", { detail: { sentence, isError: true } }));

  // What the reader sees of the gesture: the button itself, or the head of the menu it stands in.
  const face = (button) => button.closest("[data-actions]").querySelector(button.matches("[aria-pressed]") ? `[data-set="${button.dataset.set}"]` : ".action--retweet");

  const show = (button) => {
    const seen = face(button);
    const isOn = seen.matches('[aria-pressed="true"], .action--on');
    if (button === seen) seen.setAttribute("aria-pressed", String(!isOn));
    else seen.classList.toggle("action--on", !isOn);
    if (!isOn) seen.classList.add("action--beats");
    const count = seen.querySelector(".action__count");
    // A shortened number (1.2K) does not change by one, and none is shown to those who want none.
    if (!count || !/^\d+$/.test(count.textContent)) return;
    const next = Number(count.textContent) + (isOn ? -1 : 1);
    if (next < 1000) count.textContent = next || "";
  };

  const send = async (button) => {
    const answer = await fetch(button.formAction, {
      method: "POST",
      body: new FormData(button.form),
      headers: { "HX-Request": "true" },
      redirect: "error",
    });
    const elsewhere = answer.headers.get("HX-Redirect");
    if (elsewhere) location.assign(elsewhere);
    if (!answer.ok) throw new Error(answer.status === 429 ? "That was a little too fast. Wait a moment and try again." : "That did not work. The tweet may be gone.");
    return answer.text();
  };

  const replace = (row, html) => {
    const place = [...row.querySelectorAll("a, button, summary")].indexOf(document.activeElement);
    const fresh = document.createRange().createContextualFragment(html).querySelector("[data-actions]");
    row.replaceWith(fresh);
    if (place >= 0) fresh.querySelectorAll("a, button, summary")[place]?.focus({ preventScroll: true });
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-set]");
    if (!button || button.form?.method !== "post") return;
    event.preventDefault();
    const row = button.closest("[data-actions]");
    if ("busy" in row.dataset) return;
    row.dataset.busy = "";
    const before = row.cloneNode(true);
    show(button);
    try {
      const html = await send(button);
      if (html) replace(row, html);
      else delete row.dataset.busy;
    } catch (error) {
      delete before.dataset.busy;
      replace(row, before.outerHTML);
      tell(error instanceof TypeError ? "No answer from the server. Check your connection and try again." : error.message);
    }
  });
})();

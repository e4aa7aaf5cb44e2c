/* Like, retweet, bookmark, follow: shown at once, taken back with the reason when the server does not agree. */
(() => {
  "use strict";
  const tell = (sentence, link) => document.dispatchEvent(new CustomEvent("toast", { detail: { sentence, isError: true, link } }));

  // What the answer replaces, and what looks different while one waits for it.
  const targetOf = (button) => button.closest(button.dataset.set || "[data-actions]") ?? document.querySelector(button.dataset.target ?? "") ?? button;

  const show = (button) => {
    if (!button.hasAttribute("aria-pressed")) return;
    const isOn = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!isOn));
    const word = button.dataset.then;
    if (word) return button.firstElementChild.replaceWith(Object.assign(document.createElement("span"), { textContent: word }));
    if (!isOn) button.classList.add("beats");
    const count = button.textContent;
    // A shortened number (1.2K) does not change by one, and none is shown to those who want none.
    if (!button.matches(".do-like, .do-retweet") || !/^\d*$/.test(count)) return;
    const next = Number(count) + (isOn ? -1 : 1);
    if (next < 1000 && (count || !isOn)) button.textContent = next > 0 ? next : "";
  };

  const send = async (button) => {
    const body = new FormData(button.form);
    if (button.name) body.set(button.name, button.value);
    const answer = await fetch(button.formAction, { method: "POST", body, headers: { "HX-Request": "true" }, redirect: "error" });
    const door = answer.headers.get("HX-Redirect");
    if (door) throw Object.assign(new Error("You are not logged in any more."), { link: { href: door, words: "Log in" } });
    if (!answer.ok) throw new Error(await window.reasonOf(answer));
    return answer.text();
  };

  const FOCUSABLE = "a, button, summary";
  const replace = (old, fresh) => {
    const place = [old, ...old.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
    old.replaceWith(fresh);
    if (place >= 0) [fresh, ...fresh.querySelectorAll(FOCUSABLE)][place]?.focus({ preventScroll: true });
  };

  const draw = (target, html) => {
    const parts = document.createRange().createContextualFragment(html);
    const counts = parts.querySelector("[data-counts]");
    const shown = target.closest(".tweet--focus")?.querySelector("[data-counts]");
    if (counts && shown) shown.replaceWith(counts);
    const followers = parts.querySelector("#followers-count");
    if (followers) document.querySelector("#followers-count")?.replaceWith(followers);
    const fresh = parts.querySelector("[data-actions], #profile-ways") ?? parts.firstElementChild;
    if (!fresh) return;
    replace(target, fresh);
    htmx.process(fresh);
  };

  const act = async (button) => {
    const target = targetOf(button);
    if ("busy" in target.dataset) return; // a second click while the first one is on its way
    const before = target.cloneNode(true);
    target.dataset.busy = "";
    show(button);
    try {
      const html = await send(button);
      if (html.trim()) draw(target, html);
      else delete target.dataset.busy;
    } catch (error) {
      replace(target, before);
      tell(error instanceof TypeError ? "No answer from the server. Check your connection and try again." : error.message, error.link);
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-set], [data-actions] > button");
    if (!button || event.defaultPrevented || button.form?.method !== "post") return;
    event.preventDefault();
    act(button);
  });
  // Keys and menus ask for the deed itself, whatever a click on the button would open.
  document.addEventListener("gesture", (event) => (event.target.form?.method === "post" ? act(event.target) : event.target.click()));
})();

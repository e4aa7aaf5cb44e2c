/* The menus of a card: fetched when they are opened. Without a script their links lead to a small page. */
(() => {
  "use strict";
  const SPRITE = document.querySelector(".logo use")?.getAttribute("href").split("#")[0] ?? "";
  let opener = null;
  let menu = null;

  const close = (giveFocusBack = false) => {
    menu?.remove();
    opener?.removeAttribute("aria-expanded");
    if (giveFocusBack) opener?.focus({ preventScroll: true });
    opener = menu = null;
  };

  const open = (from, items) => {
    close();
    opener = from;
    menu = document.createElement("ul");
    menu.className = "quote" in from.dataset ? "dropdown-menu dropdown-menu--mid" : "dropdown-menu";
    menu.append(items);
    from.after(menu);
    from.setAttribute("aria-expanded", "true");
    const end = innerHeight - (document.querySelector(".bottombar")?.offsetHeight ?? 0);
    menu.classList.toggle("dropdown-menu--up", menu.getBoundingClientRect().bottom > end && from.getBoundingClientRect().top > menu.offsetHeight);
    menu.querySelector("a, button")?.focus({ preventScroll: true });
  };

  const fill = async (link) => {
    link.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(await window.reasonOf(answer));
      open(link, document.createRange().createContextualFragment(await answer.text()));
    } catch (error) {
      const sentence = error instanceof TypeError ? "No answer from the server. Check your connection and try again." : error.message;
      document.dispatchEvent(new CustomEvent("toast", { detail: { sentence, isError: true } }));
    }
    link.removeAttribute("aria-busy");
  };

  // Retweet or quote: everything this menu says stands on the button already.
  const ways = (button) => {
    const items = document.createDocumentFragment();
    const item = (tag, icon, words) => {
      const made = document.createElement(tag);
      made.className = "dropdown-item";
      made.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${SPRITE}#${icon}"/></svg>`;
      made.append(words);
      items.append(document.createElement("li"));
      items.lastChild.append(made);
      return made;
    };
    const deed = item("button", "retweet", button.getAttribute("aria-pressed") === "true" ? "Undo retweet" : "Retweet");
    deed.type = "button";
    deed.addEventListener("click", () => {
      close(true);
      button.dispatchEvent(new CustomEvent("gesture", { bubbles: true }));
    });
    item("a", "quote", "Quote").href = `/create/?quote=${button.formAction.match(/\/(\d+)\/\w+$/)[1]}`;
    return items;
  };

  // Before gestures.js hears of it: the button of a card with two ways opens them instead.
  document.addEventListener("click", (event) => {
    const from = event.target.closest("a[data-opens], button[data-quote]");
    const isForAnotherTab = event.ctrlKey || event.metaKey || event.shiftKey;
    if (menu && !from && (!menu.contains(event.target) || event.target.closest(".dropdown-item"))) setTimeout(close);
    if (!from || isForAnotherTab || (from.form && from.form.method !== "post")) return;
    event.preventDefault();
    event.stopPropagation();
    if (from === opener) close();
    else if ("quote" in from.dataset) open(from, ways(from));
    else if (!from.hasAttribute("aria-busy")) fill(from);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (!menu) return;
    if (event.key === "Escape") close(true);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const items = [...menu.querySelectorAll("a, button")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    event.preventDefault();
  });
  document.addEventListener("focusout", (event) => {
    if (menu?.contains(event.target) && event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
})();

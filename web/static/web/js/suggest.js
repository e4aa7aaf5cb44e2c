/* Names and tags to choose from: while one types @ or # in the composer, a name in fields for people,
   anything in the search box, where what is chosen is opened. */
(() => {
  "use strict";
  const PAUSE = 150; // ms without a key before the server is asked
  const NAME = "[\\p{L}\\p{M}\\p{N}_.@-]{1,60}";
  const IN_TEXT = new RegExp(`(?<![\\p{L}\\p{N}_@#/])(@${NAME}|#[\\p{L}\\p{M}\\p{N}_]{1,100})$`, "u");
  const IN_OPERATOR = new RegExp(`(?:^|\\s)-?(?:from|to):(@?${NAME})$`, "iu");
  const IN_FIELD = new RegExp(`(?<![^\\s,])(@?${NAME})$`, "u");

  const answers = new Map();
  const place = document.createElement("div");
  place.className = "suggest";
  place.innerHTML = '<ul class="dropdown-menu dropdown-menu--start" id="suggestions" role="listbox" aria-label="Suggestions" hidden></ul><span class="visually-hidden" role="status"></span>';
  const [list, voice] = place.children;
  let field, typed, timer, chosen;

  const fieldOf = (event) => (event.target.matches?.("[data-suggest], [data-composer] textarea[name^=text]") ? event.target : null);

  const close = () => {
    clearTimeout(timer);
    typed = chosen = undefined;
    list.hidden = true;
    voice.textContent = "";
    field?.removeAttribute("aria-activedescendant");
  };

  const choose = (option) => {
    chosen?.removeAttribute("aria-selected");
    chosen = option;
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", chosen.id);
  };

  const show = (html) => {
    list.innerHTML = html;
    const options = list.children;
    if (!options.length || (options.length === 1 && options[0].dataset.value === typed)) return close();
    if (place.previousElementSibling !== field) field.after(place);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", list.id);
    list.hidden = false;
    voice.textContent = `${options.length} ${options.length > 1 ? "suggestions" : "suggestion"}, choose with the arrow keys`;
    chosen = undefined;
    field.removeAttribute("aria-activedescendant");
    // A tag may be new, so Enter takes one only when it was chosen.
    if (typed[0] === "@") choose(options[0]);
  };

  const ask = async () => {
    const question = typed;
    if (!answers.has(question)) {
      try {
        const [from, words] = question[0] === " " ? ["/search/suggest/", question.slice(1)] : ["/suggest/", question];
        const response = await fetch(`${from}?q=${encodeURIComponent(words)}`);
        answers.set(question, response.status === 200 ? await response.text() : "");
      } catch {
        return;
      }
    }
    if (question === typed) show(answers.get(question));
  };

  const take = (option) => {
    if (option.dataset.href && typed[0] === " ") return location.assign(option.dataset.href);
    const end = field.selectionEnd;
    const start = end - field.dataset.typed.length;
    field.setRangeText(`${option.dataset.value} `, start, end, "end");
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // What was typed of a name or a tag, and what is asked; a space before it asks for whatever begins so.
  const foundIn = (text) => {
    const kind = field.dataset.suggest;
    const words = text.trimStart();
    if (kind === "search" && words && !/["\s:]|^-/.test(words)) return [text, ` ${words}`];
    const name = text.match(kind === "search" ? IN_OPERATOR : kind ? IN_FIELD : IN_TEXT)?.[1] ?? (kind === "search" && text.match(IN_TEXT)?.[1]);
    return name && [name, kind && !"@#".includes(name[0]) ? `@${name}` : name];
  };

  document.addEventListener("input", (event) => {
    const next = fieldOf(event);
    if (!next || event.isComposing) return;
    if (field !== next) close();
    field = next;
    const found = field.selectionStart === field.selectionEnd && foundIn(field.value.slice(0, field.selectionEnd));
    if (!found) return close();
    [field.dataset.typed, typed] = found;
    clearTimeout(timer);
    timer = setTimeout(ask, answers.has(typed) ? 0 : PAUSE);
  });

  // Before anybody else hears of the key: while the list is open, it is the list's.
  document.addEventListener("keydown", (event) => {
    if (list.hidden || event.target !== field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const options = [...list.children];
    const at = options.indexOf(chosen);
    if (event.key === "ArrowDown") choose(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") choose(options[(at < 0 ? 0 : at) - 1] ?? options.at(-1));
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && chosen && !event.shiftKey) take(chosen);
    else {
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }, true);

  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  document.addEventListener("focusout", (event) => event.target === field && close());
})();

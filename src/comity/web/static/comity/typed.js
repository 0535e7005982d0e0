// What a form sends stays in this tab until a page comes that shows that it has arrived. Where it was
// not written, as the sign-in had expired or there was no connection, it is put back into its form.
{
  const PLACE = "sent";
  const reader = document.body.dataset.reader ?? "";
  const notSent = document.querySelector("[data-not-sent]");
  const NOT_TYPED = ["hidden", "password", "file", "submit", "button", "reset", "image", "fieldset", "output"];
  const CHOSEN = ["checkbox", "radio"];
  // comity.js itself keeps all else of a form that saves while one types
  const BESIDES = ["link", "caption"];

  const keep = (sent) => {
    try {
      if (sent) sessionStorage.setItem(PLACE, JSON.stringify(sent));
      else sessionStorage.removeItem(PLACE);
    } catch {
      // a browser that keeps nothing
    }
  };
  const kept = () => {
    try {
      return JSON.parse(sessionStorage.getItem(PLACE));
    } catch {
      return null;
    }
  };
  const addressOf = (form) =>
    new URL(form.getAttribute("action") || location.href, location.href).pathname;
  const alike = (address) =>
    [...document.querySelectorAll("form[method=post]")].filter((form) => addressOf(form) === address);
  const versions = (form) =>
    [...form.elements]
      .filter((field) => field.type === "hidden" && field.name.endsWith("version"))
      .map((field) => field.value);

  // Each field of a form by its name; of several of one name, by its value or its turn.
  const places = (form) => {
    const turns = new Map();
    const typed = [...form.elements].filter(
      (field) =>
        field.name &&
        !NOT_TYPED.includes(field.type) &&
        (!form.dataset.keep || BESIDES.includes(field.name)),
    );
    return typed.map((field) => {
      const name = CHOSEN.includes(field.type) ? `${field.name}=${field.value}` : field.name;
      turns.set(name, (turns.get(name) ?? 0) + 1);
      return [`${name} ${turns.get(name)}`, field];
    });
  };
  const stateOf = (field) => {
    if (CHOSEN.includes(field.type)) return field.checked;
    if (field.type === "select-multiple") return [...field.selectedOptions].map((option) => option.value);
    return field.value;
  };
  const set = (field, state) => {
    if (JSON.stringify(stateOf(field)) === JSON.stringify(state)) return;
    if (CHOSEN.includes(field.type)) field.checked = state;
    else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = state.includes(option.value);
    } else field.value = state;
    for (let within = field.closest("details"); within; within = within.parentElement.closest("details")) {
      within.open = true;
    }
  };

  const taken = (form, more) => ({
    reader,
    address: addressOf(form),
    turn: alike(addressOf(form)).indexOf(form),
    versions: versions(form),
    fields: places(form).map(([place, field]) => [place, stateOf(field)]),
    texts: places(form)
      .filter(([, field]) => "defaultValue" in field && !CHOSEN.includes(field.type))
      .filter(([, field]) => field.value.trim() && field.value !== field.defaultValue)
      .map(([, field]) => field.value),
    ...more,
  });
  const putBack = (sent) => {
    const form = alike(sent.address)[sent.turn];
    if (!form) return false;
    const isSame = JSON.stringify(versions(form)) === JSON.stringify(sent.versions);
    if (!isSame && !form.dataset.keep) return false;
    const before = new Map(sent.fields);
    for (const [place, field] of places(form)) {
      if (before.has(place)) set(field, before.get(place));
    }
    return true;
  };
  // A record that was changed meanwhile is not written over: what was typed only stands beside it.
  const putAside = (texts) => {
    const quoted = Object.assign(document.createElement("blockquote"), {
      textContent: texts.join("\n"),
    });
    notSent.replaceWith(document.createElement("br"), notSent.dataset.notSent, quoted);
  };

  const sent = kept();
  if (sent && sent.reader === reader) {
    if (notSent) {
      if (!putBack(sent) && sent.texts.length) putAside(sent.texts);
      keep(null);
    } else if (!sent.isHeldBack || putBack(sent)) keep(null);
  } else if (reader) keep(null);

  document.addEventListener("submit", ({ target: form, defaultPrevented }) => {
    const waits = form.dataset.keep && defaultPrevented;
    if (reader && !waits && form.getAttribute("method") === "post") keep(taken(form));
  });

  // A form with a file to lose is only sent once the register answers.
  const REACHED = new WeakSet();
  const isThere = async () => {
    if (!navigator.onLine) return false;
    const patience = new AbortController();
    const over = setTimeout(() => patience.abort(), 8000);
    try {
      const asked = { method: "HEAD", cache: "no-store", signal: patience.signal };
      return (await fetch("/healthz/", asked)).ok;
    } catch {
      return false;
    } finally {
      clearTimeout(over);
    }
  };
  const told = Object.assign(document.createElement("p"), { className: "notice error" });
  told.setAttribute("role", "alert");
  const holdBack = (form, button) => {
    keep(taken(form, { isHeldBack: true }));
    told.textContent = "";
    (button?.closest(".actions") ?? button ?? form.lastElementChild).after(told);
    told.textContent = form.dataset.keepHeld;
  };
  for (const form of document.querySelectorAll("form[data-keep]")) {
    let isAsking = false;
    form.addEventListener("submit", async (event) => {
      if (REACHED.delete(form)) return;
      event.preventDefault();
      if (isAsking) return;
      isAsking = true;
      told.remove();
      if (await isThere()) {
        REACHED.add(form);
        form.requestSubmit(event.submitter);
      } else holdBack(form, event.submitter);
      isAsking = false;
    });
  }
}

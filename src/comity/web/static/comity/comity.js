// Small conveniences on pages that work without them.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form) form.requestSubmit();
});
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.account[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details.account[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// A form with `data-keep` survives a lost connection and a session that ran out: what is typed
// stays in this browser until the server has it. Where the record changed since, it is only shown.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = `kept:${form.dataset.keep}`;
  const version = () => form.elements.version.value;
  const written = () =>
    [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !/^(csrf|version$|page$|do$|link$|caption$|piece$)/.test(name),
    );
  const remember = (value) => {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch {
      // a browser that keeps nothing
    }
  };
  const remembered = () => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const tell = (sentence, text) => {
    const told = document.createElement("div");
    told.className = "notice";
    told.setAttribute("role", "status");
    told.append(sentence);
    if (text) told.append(Object.assign(document.createElement("blockquote"), { textContent: text }));
    form.prepend(told);
  };
  const kept = remembered();
  if (kept && JSON.stringify(kept.written) !== JSON.stringify(written())) {
    const before = new Map(kept.written);
    if (kept.version === version()) {
      for (const field of form.elements) {
        if (!before.has(field.name) || field.type === "hidden" || field.type === "file") continue;
        if (field.type === "radio") field.checked = field.value === before.get(field.name);
        else field.value = before.get(field.name);
      }
      tell(form.dataset.keepBack);
    } else tell(form.dataset.keepChanged, [...before.values()].filter(Boolean).join("\n"));
  } else remember(null);
  form.addEventListener("input", () =>
    remember(JSON.stringify({ version: version(), written: written() })),
  );
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 401) event.detail.shouldSwap = true;
  });
  // What was typed while an answer was on its way is not kept with it.
  let sent = null;
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form) sent = JSON.stringify(written());
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.xhr?.getResponseHeader("Comity-Kept")) return;
    if (JSON.stringify(written()) === sent) remember(null);
    else remember(JSON.stringify({ version: version(), written: written() }));
  });
  // Without a connection the form says so, and tries again by itself.
  let waits = null;
  const again = () => {
    clearTimeout(waits);
    if (waits !== null) form.dispatchEvent(new Event("input", { bubbles: true }));
    waits = null;
  };
  const wait = (event) => {
    if (event.target !== form) return;
    form.querySelector("#saved").textContent = form.dataset.keepWaits;
    clearTimeout(waits);
    waits = setTimeout(again, 10000);
  };
  form.addEventListener("htmx:sendError", wait);
  form.addEventListener("htmx:timeout", wait);
  form.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) wait(event);
  });
  addEventListener("online", again);
}

// A form that was refused shows first what is wrong with it.
const problem =
  document.querySelector("main form [aria-invalid=true]") ??
  document.querySelector("main form .problems");
if (problem) {
  for (const folded of document.querySelectorAll("details:has([aria-invalid=true])")) folded.open = true;
  if (problem.matches(".problems")) problem.tabIndex = -1;
  problem.focus();
}

// A form that only stands between a link and what it leads to is sent at once.
document.querySelector("form[data-at-once]")?.requestSubmit();

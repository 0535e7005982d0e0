// Dropping a file on the form is choosing it; without JavaScript one chooses it by the field.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  const hint = form.querySelector("[data-drop-hint]");
  if (hint) hint.hidden = false;
  const over = (on) => (event) => {
    event.preventDefault();
    form.classList.toggle("is-over", on);
  };
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

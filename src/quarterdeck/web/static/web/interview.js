// In a field for one text Enter goes on, as in any short field; without this script it makes a new line and the button goes on.
"use strict";
const fields = document.querySelectorAll("textarea[data-enter]");
for (const field of fields) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    const all = [...field.form.querySelectorAll("textarea, input:not([type=hidden]), select")];
    const next = all[all.indexOf(field) + 1];
    if (next) next.focus(); else field.form.querySelector('button[value="next"]').click();
  });
}
for (const hint of document.querySelectorAll("[data-enter-hint]")) hint.hidden = fields.length === 0;

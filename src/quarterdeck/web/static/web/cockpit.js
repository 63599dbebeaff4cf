// What a page can do beyond links and forms. Everything here has a way without it.
"use strict";

// A form that is asked for by its range or select answers while it is moved (htmx does the asking); numbers follow the slider.
document.addEventListener("input", (event) => {
  const shown = event.target.dataset && event.target.dataset.shows;
  if (shown) document.getElementById(shown).textContent = event.target.value;
});

// Menus close on Escape, on a click elsewhere, and when another one opens; bubbles close on Escape.
let lastKey = "";
const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (document.activeElement && document.activeElement.classList.contains("term")) document.activeElement.blur();
  }
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const pressed = lastKey === "g" ? `g ${event.key}` : event.key;
    lastKey = event.key;
    const link = document.querySelector(`[data-key="${CSS.escape(pressed)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  }
});

// Copy a sentence: the button says which element, and says that it was done.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copies);
  if (source.select) source.select();
  await navigator.clipboard.writeText((source.value || source.innerText).trim());
  const before = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = before; }, 1800);
});

// A form marked so asks before it is left with changes that were not saved.
let unsaved = false;
document.addEventListener("input", (event) => { if (event.target.closest("form[data-keeps]")) unsaved = true; });
document.addEventListener("submit", () => { unsaved = false; });
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

// The button that prints is there only where a script can print; without it the browser's own menu does the same.
"use strict";
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

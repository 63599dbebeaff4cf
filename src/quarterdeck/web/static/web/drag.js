// Drag and drop for items and tasks: it fills the same form that the card has, and asks what the move would do. Nothing is kept by a drop.
//   [data-drag-area data-form="id of the form" data-steps="1 7"]   Alt with left/right goes one place on, with up/down seven
//   [data-drag="ref"]        what can be dragged      [data-set="on=2027-02-09"]   where it can be dropped, and what that fills in
//   [data-go="/…/{ref}"]     a place that opens a page in its stead
"use strict";

let dragged = null;
const area = (element) => element.closest("[data-drag-area]");
const targetOf = (event) => (dragged ? event.target.closest("[data-set], [data-go]") : null);

function drop(item, target) {
  if (target.dataset.go) {
    location.assign(target.dataset.go.replace("{ref}", encodeURIComponent(item.dataset.drag)));
    return;
  }
  const form = document.getElementById(area(item).dataset.form);
  const wanted = new URLSearchParams(target.dataset.set);
  for (const input of form.querySelectorAll("input")) {
    if (input.hasAttribute("data-drag-id")) input.value = item.dataset.drag;
    else if (!input.hasAttribute("data-keeps-value")) {
      input.disabled = !wanted.has(input.name);
      input.value = wanted.get(input.name) || "";
    }
  }
  form.requestSubmit();
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-drag]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.drag);
  dragged.classList.add("drags");
  // After this event, or the browser would end the drag: what lies over the places lets the pointer through.
  setTimeout(() => dragged && area(dragged).classList.add("is-dragging"));
});
document.addEventListener("dragover", (event) => {
  const target = targetOf(event);
  if (!target || area(target) !== area(dragged)) return;
  event.preventDefault();
  for (const other of document.querySelectorAll(".drop-here")) if (other !== target) other.classList.remove("drop-here");
  target.classList.add("drop-here");
});
document.addEventListener("dragend", () => {
  for (const each of document.querySelectorAll(".drop-here, .drags, .is-dragging")) each.classList.remove("drop-here", "drags", "is-dragging");
  dragged = null;
});
document.addEventListener("drop", (event) => {
  const target = targetOf(event);
  if (!target || area(target) !== area(dragged)) return;
  event.preventDefault();
  if (!target.contains(dragged)) drop(dragged, target);
});

// The same by keyboard.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, -1], ArrowDown: [1, 1] };
document.addEventListener("keydown", (event) => {
  const item = event.target.closest("[data-drag]");
  if (!item || !event.altKey || !STEPS[event.key]) return;
  event.preventDefault();
  const here = area(item);
  const targets = [...(item.closest("[data-drag-lane]") || here).querySelectorAll("[data-set], [data-go]")];
  const [which, sign] = STEPS[event.key];
  const at = targets.findIndex((target) => target.contains(item) || (item.dataset.at && target.dataset.holds === item.dataset.at));
  const next = targets[at + sign * Number(here.dataset.steps.split(" ")[which])];
  if (at >= 0 && next) drop(item, next);
});

// The answer takes the focus; "leave it" closes it without going anywhere.
document.addEventListener("htmx:afterSwap", (event) => {
  const answer = event.target.querySelector && event.target.querySelector("[data-focus]");
  if (answer) answer.focus({ preventScroll: event.target.id === "effect" });
});
document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-closes]");
  const box = closer && document.getElementById(closer.dataset.closes);
  if (box && box.contains(closer)) {
    event.preventDefault();
    box.replaceChildren();
  }
  if (event.target.closest("[data-prints]")) print();
  const opens = event.target.closest("[data-opens]");
  if (opens) location.assign(opens.dataset.opens);
});

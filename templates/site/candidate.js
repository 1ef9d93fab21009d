"use strict";
(() => {
  const canvas = document.querySelector(".canvas");
  const findings = [...document.querySelectorAll(".finding")];
  const parts = canvas ? [...canvas.querySelectorAll(".component, .connection")] : [];
  const keys = (part) => (part.dataset.findings ?? "").split(" ").filter(Boolean);
  const byComponent = (id) => parts.find((part) => part.dataset.component === id);

  const light = (lit) => {
    canvas?.classList.toggle("pointing", lit.some((element) => parts.includes(element)));
    for (const element of [...parts, ...findings]) element.classList.toggle("lit", lit.includes(element));
  };
  const dark = () => light([]);
  const ofFinding = (finding) => [finding, ...parts.filter((part) => keys(part).includes(finding.id))];
  const ofPart = (part) => [part, ...findings.filter((finding) => keys(part).includes(finding.id))];
  const pointed = (element, lit) => {
    element.addEventListener("mouseenter", () => light(lit()));
    element.addEventListener("mouseleave", dark);
    element.addEventListener("focusin", () => light(lit()));
    element.addEventListener("focusout", dark);
  };
  const go = (element) => {
    element.scrollIntoView({ block: "center", inline: "center" });
    element.focus({ preventScroll: true });
  };

  for (const finding of findings) {
    pointed(finding, () => ofFinding(finding));
    for (const button of finding.querySelectorAll("button[data-component]")) {
      button.addEventListener("click", () => {
        const part = byComponent(button.dataset.component);
        if (part) go(part);
      });
    }
  }
  for (const part of parts.filter((part) => keys(part).length > 0)) {
    pointed(part, () => ofPart(part));
    part.setAttribute("tabindex", "0");
    part.setAttribute("role", "button");
    const first = () => {
      const finding = document.getElementById(keys(part)[0]);
      if (finding) go(finding);
    };
    part.addEventListener("click", first);
    part.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        first();
      }
    });
  }

  const size = document.getElementById("size");
  const svg = canvas?.querySelector("svg");
  if (size && svg && svg.width.baseVal.value > canvas.clientWidth) {
    size.hidden = false;
    size.addEventListener("click", () => {
      const full = canvas.classList.toggle("full");
      size.setAttribute("aria-pressed", String(full));
    });
  }

  // A link to a line opens the file that it is in.
  const source = document.getElementById("source");
  const open = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (source && target && source.contains(target)) {
      source.open = true;
      target.scrollIntoView({ block: "center" });
    }
  };
  addEventListener("hashchange", open);
  open();

  // On paper nothing can be unfolded.
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
})();

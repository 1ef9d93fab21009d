"use strict";
(() => {
  const table = document.getElementById("class");
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, at) => {
    const cell = row.cells[at];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const compare = (a, b) => {
    const numbers = [Number(a), Number(b)];
    const plain = a !== "" && b !== "" && numbers.every((n) => !Number.isNaN(n));
    return plain ? numbers[0] - numbers[1] : a.localeCompare(b);
  };
  const sort = (at, direction) => {
    const sign = direction === "ascending" ? 1 : -1;
    const rows = [...body.rows];
    rows.sort((a, b) => sign * compare(value(a, at), value(b, at)));
    body.append(...rows);
    heads.forEach((head, other) => {
      if (other === at) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    });
  };
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const first = head.classList.contains("number") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    button.addEventListener("click", () => {
      sort(at, head.getAttribute("aria-sort") === first ? other : first);
    });
  });

  const find = document.getElementById("find");
  const choices = ["band", "problem"].map((id) => document.getElementById(id)).filter(Boolean);
  const shown = document.getElementById("shown");
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of body.rows) {
      const text = row.textContent.toLowerCase();
      const fits = words.every((word) => text.includes(word))
        && choices.every((choice) => !choice.value || row.dataset[choice.id] === choice.value);
      row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.value = `${count} of ${body.rows.length} shown`;
  };
  find.addEventListener("input", filter);
  choices.forEach((choice) => choice.addEventListener("change", filter));
  find.form.addEventListener("submit", (event) => event.preventDefault());
  filter();

  // On paper nothing can be unfolded.
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
})();

"use strict";
(() => {
  const filter = document.getElementById("filter");
  if (!filter) return;
  const words = document.getElementById("words");
  const told = document.getElementById("told");
  const rows = [...document.querySelectorAll("#account tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/);
    let count = 0;
    rows.forEach((row, number) => {
      const fits = (!told.value || row.dataset.told === told.value)
        && wanted.every((word) => texts[number].includes(word));
      row.hidden = !fits;
      count += fits;
    });
    document.getElementById("shown").textContent = `${count} of ${rows.length} students shown`;
  };
  filter.addEventListener("input", show);
  filter.hidden = false;
  show();
})();

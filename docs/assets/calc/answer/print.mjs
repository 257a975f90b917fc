// @ts-check
// What a sheet of paper cannot be asked: the address of the calculation, and the day on which it was printed.

addEventListener("beforeprint", () => {
  const { href } = location;
  const day = new Date().toLocaleDateString("sv"); // as 2026-11-25, in the reader's own time
  for (const line of document.querySelectorAll("[data-printed]")) line.textContent = `${href} · ${day}`;
});

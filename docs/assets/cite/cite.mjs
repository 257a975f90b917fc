// @ts-check
// The mark beside a heading copies a citation of its section, and offers the other formats.
//
// The texts come from the build, with the page; the day of reading is filled in here, and where the section has a calculator,
// the address that gives its answer again.

const FORMATS = /** @type {const} */ ({ markdown: "Markdown", confluence: "Confluence", jira: "Jira", address: "Address" });
const KEPT = "sparkmem-cite";

/** @typedef {keyof typeof FORMATS} Format */

let newest = 0;
/** Copies follow each other: rich text takes longer, and the last one that was asked for shall stay. */
let before = Promise.resolve();

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const mark = target?.closest("a.headerlink");
  const plainly = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (mark instanceof HTMLAnchorElement && plainly && cite(mark)) {
    // The theme would follow the link, and fetch the page that is open again.
    event.preventDefault();
    event.stopPropagation();
    history.replaceState(history.state, "", mark.hash);
  } else if (!target?.closest(".sm-cite")) close();
}, true);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(true); });

/** Whether there was something to cite. @param {HTMLAnchorElement} mark */
function cite(mark) {
  const heading = mark.closest("h1, h2, h3");
  const data = /** @type {HTMLTemplateElement | null} */ (document.querySelector("template[data-citations]"));
  if (!heading || !data) return false;
  const all = JSON.parse(data.content.textContent ?? "{}");
  const texts = all[heading.id] ?? (heading.localName === "h1" ? all[""] : undefined);
  if (!texts) return false;
  close();
  const panel = document.createElement("div");
  panel.className = "sm-cite";
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "Cite this section");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const shown = document.createElement("textarea");
  shown.readOnly = true;
  shown.rows = 3;
  shown.setAttribute("aria-label", "The citation");
  const buttons = Object.entries(FORMATS).map(([format, label]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => copy(/** @type {Format} */ (format)));
    return button;
  });
  panel.append(said, ...buttons, shown);
  heading.after(panel);

  /** @param {Format} format */
  async function copy(format) {
    const cited = lasting(/** @type {HTMLElement} */ (heading), texts.address);
    const text = texts[format].replace(texts.address, () => (format === "confluence" ? cited.replaceAll("&", "&amp;") : cited))
      .replace("{date}", today());
    keep(format);
    Object.keys(FORMATS).forEach((name, n) => buttons[n].setAttribute("aria-pressed", String(name === format)));
    shown.value = format === "confluence" ? plain(text) : text;
    const mine = ++newest;
    const copied = before.then(() => navigator.clipboard.write([new ClipboardItem(flavours(format, text))]));
    before = copied.catch(() => {});
    try {
      await copied;
      if (mine !== newest) return;
      said.textContent = `Copied for ${FORMATS[format]}.`.replace("for Address", "the address");
    } catch {
      if (mine !== newest) return;
      shown.select();
      said.textContent = "The browser does not allow copying: the text is selected.";
    }
  }
  copy(kept());
  return true;
}

/**
 * The address of a section; where it has a calculator, that of the page with the inputs, which give the same answer in three years.
 * @param {HTMLElement} heading @param {string} short
 */
function lasting(heading, short) {
  for (let part = heading.nextElementSibling; part && !part.matches("h1, h2, h3"); part = part.nextElementSibling) {
    const calculator = /** @type {HTMLElement & {lasting?: string} | null} */ (part.querySelector("spark-calc"));
    if (calculator?.lasting) {
      const page = short.replace(/go\/[^/]*\/$/, calculator.dataset.page ?? "");
      return `${page}?${calculator.lasting}${heading.localName === "h1" ? "" : `#${heading.id}`}`;
    }
  }
  return short;
}

/**
 * What is put on the clipboard: Confluence takes rich text.
 * @param {Format} format
 * @param {string} text
 * @returns {Record<string, Blob>}
 */
function flavours(format, text) {
  const blob = (/** @type {string} */ type, /** @type {string} */ content) => new Blob([content], { type });
  if (format !== "confluence") return { "text/plain": blob("text/plain", text) };
  return { "text/html": blob("text/html", text), "text/plain": blob("text/plain", plain(text)) };
}

/** The words of a citation in HTML, with its address. @param {string} html */
function plain(html) {
  const link = new DOMParser().parseFromString(html, "text/html").querySelector("a");
  const words = new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
  return link ? words.replace(link.textContent ?? "", `${link.textContent} (${link.href})`) : words;
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** @param {boolean} back whether the focus goes to the mark again */
function close(back = false) {
  const panel = document.querySelector(".sm-cite");
  const mark = /** @type {HTMLElement | null | undefined} */ (panel?.previousElementSibling?.querySelector("a.headerlink"));
  panel?.remove();
  if (panel && back) mark?.focus();
}

/** The format that this reader took last. @returns {Format} */
function kept() {
  try {
    const format = localStorage.getItem(KEPT);
    return format && Object.hasOwn(FORMATS, format) ? /** @type {Format} */ (format) : "markdown";
  } catch {
    return "markdown";
  }
}

/** @param {Format} format */
function keep(format) {
  try {
    localStorage.setItem(KEPT, format);
  } catch {
    // No storage: the next citation is in Markdown again.
  }
}

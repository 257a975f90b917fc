// Holds HTML files against the standard, and writes what html-validate finds as JSON.
//
//   node htmlvalidate.mjs REPORT.json FILES…
//
// The rules are worked out once: the command of html-validate does it for each file, which takes as long as the files.
import { writeFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const RULES = {
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // The theme's two switches (drawer, search) say autocomplete="off" so that Firefox does not
    // restore them on a reload: not allowed on a checkbox by the standard, but it works.
    "valid-autocomplete": "off",
  },
};

class Once extends StaticConfigLoader {
  #resolved;

  getConfigFor(file, override) {
    return (this.#resolved ??= super.getConfigFor(file, override));
  }
}

const [report, ...files] = process.argv.slice(2);
const validator = new HtmlValidate(new Once(RULES));
const found = [];
for (const file of files) {
  found.push(...(await validator.validateFile(file)).results);
}
writeFileSync(report, JSON.stringify({ files: files.length, found }));

export default {
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // The theme's two switches (drawer, search) say autocomplete="off" so that Firefox does not
    // restore them on a reload: not allowed on a checkbox by the standard, but it works.
    "valid-autocomplete": "off",
  },
};

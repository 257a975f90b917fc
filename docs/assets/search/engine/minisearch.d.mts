// The library lies beside these scripts in the built site; tools/finishing/search.py puts it there.
export { default } from "minisearch";

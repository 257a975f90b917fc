"""The template of a postmortem: every address in it leads to a section of the built site."""

import html
import re

from macros.postmortem import ADDRESSES
from tools.pages import pages
from tools.server import built_for


def test_each_address_of_the_template_is_a_section_of_the_site(site_dir):
    found = pages(site_dir)
    for address in ADDRESSES.values():
        assert address in found or (site_dir / address / "index.html").is_file() or address == "go/", address
    for id in ("claim-five-cores", "spark.executor.memory"):  # what stands behind go/ in it
        assert (site_dir / "go" / id / "index.html").is_file(), id


def test_the_page_shows_the_template_with_the_addresses_of_this_site(site_dir):
    text = html.unescape(re.sub(r"<[^>]+>", "", pages(site_dir)["postmortem/"].text))
    assert "{" not in text.partition("What failed, for whom")[2].partition("Timeline")[0]
    for address in ADDRESSES.values():
        assert built_for(site_dir) + address in text, address

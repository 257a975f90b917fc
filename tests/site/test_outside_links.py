"""Links that leave the site are listed once, each with the day on which it was confirmed, or that it was not."""

from tools.outside_links import CONFIRMED, NOT_CONFIRMED, REGISTRY, outside_links, registered


def test_the_list_and_the_site_agree(site_dir):
    assert outside_links(site_dir) == set(registered()), "run make links"


def test_each_is_listed_once_with_its_day():
    lines = REGISTRY.read_text().splitlines()
    assert lines == sorted(set(lines))
    assert len({line.split("\t")[0] for line in lines}) == len(lines)
    for link, day in registered().items():
        assert day == NOT_CONFIRMED or CONFIRMED.fullmatch(day), link


def test_source_code_is_cited_at_a_tag():
    for link in registered():
        if "github.com" in link and "/blob/" in link:
            tag = link.split("/blob/")[1].split("/")[0]
            assert tag not in ("master", "main", "trunk", "HEAD"), link

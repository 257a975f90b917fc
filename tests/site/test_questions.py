"""What readers really ask, typed into the search box as it stands, finds the page that answers it.

The search is asked without a browser; that the box shows what it answers, tests/browser/test_search.py sees.
"""

from search_queries import searching

from macros.content import questions

FIRST = 3


def test_the_search_finds_the_page_of_each_question(site_dir):
    asked = questions()
    (folder,) = site_dir.glob("assets/search.*")
    with searching(folder) as ask:
        answers = ask(question.question.replace("\n", " ") for question in asked)
    first = {
        question.id: [page[0]["location"].partition("#")[0] for page in answer["items"][:FIRST]]
        for question, answer in zip(asked, answers, strict=True)
    }
    wanted = {question.id: question.page.partition("#")[0].removesuffix(".md") + "/" for question in asked}
    assert len(first) > 20
    assert {id: pages for id, pages in first.items() if wanted[id] not in pages} == {}

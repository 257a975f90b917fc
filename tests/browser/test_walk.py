"""A first-time reader's walk: from the home page to a copied configuration, in four interactions at most."""

from playwright.sync_api import expect

COMMAND = """spark-submit --master yarn --deploy-mode cluster --executor-memory 12g --executor-cores 4 \\
  --conf spark.executor.memoryOverhead=512m --conf spark.hadoop.fs.s3a.secret.key=swordfish-93f1 job.py"""


class Counted:
    """A reader whose every click and paste is counted."""

    def __init__(self, page):
        self.page, self.interactions = page, 0

    def click(self, locator):
        self.interactions += 1
        locator.click()

    def paste(self, locator, text):
        """Pasted from the clipboard into a box that already has the focus, or gets it by the click that is counted."""
        self.interactions += 1
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        locator.click()
        self.page.keyboard.press("ControlOrMeta+v")


def test_from_the_home_page_to_a_copied_configuration_in_four_interactions(reader_of):
    reader = reader_of()
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.go(path="")
    walk = Counted(reader.page)

    walk.click(reader.page.locator(".md-content").get_by_role("link", name="Explain my job").first)
    expect(reader.calc).to_have_count(1)
    walk.paste(reader.calc.locator("textarea[data-private]"), COMMAND)
    reader.settled()
    expect(reader.answer.locator(".sm-headline")).to_contain_text("Fits, but risky")
    walk.click(reader.calc.get_by_role("button", name="Copy as…"))
    walk.click(reader.calc.locator(".sm-copy-formats").first.locator("[data-format=spark-defaults]"))
    expect(reader.calc.locator("[data-copy-said]")).to_contain_text("Copied as")

    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert "spark.executor.memory 12g" in copied
    assert "spark.executor.memoryOverhead 512m" in copied
    assert "swordfish" not in copied + reader.page.url
    assert walk.interactions <= 4


def test_five_errands_from_the_home_page(reader_of):
    """With a killed pod, a job, a code, a citation to make, and to learn: two interactions at most."""
    reader = reader_of()
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.go(path="")
    box, answer = reader.page.locator("spark-paste textarea"), reader.page.locator("spark-paste")

    box.fill("pod OOMKilled")
    expect(answer).to_contain_text("Do this first: change spark.executor.memoryOverhead")

    box.fill(COMMAND)
    expect(answer.locator(".sm-headline").first).to_contain_text("Fits, but risky")

    box.fill("137")
    answer.get_by_role("link", name="Its row in the table of exit codes").first.click()
    expect(reader.page.locator("#exit-137")).to_be_in_viewport()

    walk = Counted(reader.page)
    reader.go("?spark.executor.memory=12g").settled()
    walk.click(reader.calc.get_by_role("button", name="Copy as…"))
    walk.click(reader.calc.locator("[data-format=short]"))
    expect(reader.calc.locator("[data-copy-said]")).to_contain_text("Copied")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert "spark.executor.memory=12g#" in copied
    assert "12,288 MiB" in copied

    reader.go(path="")
    reader.page.locator(".md-content").get_by_role("link", name="Start here").first.click()
    reader.page.locator("#step-3").scroll_into_view_if_needed()
    expect(reader.page.locator("#step-3")).to_be_in_viewport()

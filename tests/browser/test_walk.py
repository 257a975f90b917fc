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

"""Where a number comes from: a project, a tag in its repository, a file and a symbol in it."""

from functools import cached_property

from sparkmem.record import record

_REPOSITORIES = {
    "Spark": "https://github.com/apache/spark/blob/{tag}/{path}",
    "OpenJDK": "https://github.com/openjdk/jdk/blob/{tag}/{path}",
    "Hadoop": "https://github.com/apache/hadoop/blob/{tag}/{path}",
}


@record
class Source:
    """A witness that a reader can open: the symbol is what to search for in the file.

    >>> str(Source("Spark", "v4.3.0", "core/…/UnifiedMemoryManager.scala", "getMaxMemory"))
    'Spark v4.3.0, UnifiedMemoryManager.scala, getMaxMemory'
    """

    project: str
    tag: str
    path: str
    symbol: str

    @cached_property
    def url(self) -> str:
        """The address of the file at its tag."""
        return _REPOSITORIES[self.project].format(tag=self.tag, path=self.path)

    def as_dict(self) -> dict[str, str]:
        """The source as an answer carries it."""
        return {
            "project": self.project,
            "tag": self.tag,
            "path": self.path,
            "symbol": self.symbol,
            "url": self.url,
        }

    def __str__(self) -> str:
        return f"{self.project} {self.tag}, {self.path.rsplit('/', 1)[-1]}, {self.symbol}"

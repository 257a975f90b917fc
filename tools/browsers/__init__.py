"""The site in engines other than the tests' own: one walk, in Debian's Firefox and WebKit.

    __main__.py   what is started, and what is said in the end
    walk.py       what a reader does, step by step, and what is to be seen then
    firefox.py    a tab of Firefox, by WebDriver BiDi
    webkit.py     a tab of WebKitGTK, by selenium
"""

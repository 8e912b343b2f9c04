#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What Chromium's viewer, which most people read with, makes of PDF files.

    chromium.py [--like=OTHER.pdf] FILE.pdf...

Each file is opened as by a person: in the viewer, which is a page of its own
inside the tab.  That page is asked through the protocol of the developer tools
(over pipes, so that neither a driver nor a library is needed):

- the file is loaded without an error, with all its pages, title and outline;
- pages here and there show what poppler shows, block by block of a coarse grid;
- all is selected and copied: the letters are those that poppler reads.

With --like, poppler and qpdf are asked about that file instead, to see a fault
found.  Prints "PASS FILE" or "FAIL FILE: why" for each.
"""
import base64
import json
import os
import pathlib
import re
import select
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata

PATIENCE = 60  # seconds for a file of 1,000 pages on a busy machine
WINDOW = 900, 1200
COLUMNS, ROWS = 16, 23
# measured: 0.96 and more, of a page of thin lines 0.83; a page before it is
# painted has 0.3
LIKE = 0.8


def output(*command):
    return subprocess.run(command, capture_output=True)


# ---- the browser ----

class Browser:
    """Messages end with a NUL byte; ours go to its descriptor 3, its to 4."""

    def __init__(self, profile):
        theirs_in, self.to = os.pipe()
        self.back, theirs_out = os.pipe()
        command = [
            "chromium", "--headless=new", "--remote-debugging-pipe",
            f"--user-data-dir={profile}", "--no-first-run", "--disable-gpu",
            "--lang=en", "--window-size=%d,%d" % WINDOW,
            *(["--no-sandbox"] if os.geteuid() == 0 else []), "about:blank"]
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec 3<&{theirs_in} 4>&{theirs_out} "$@"', "sh",
             *command], pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": profile})
        os.close(theirs_in)
        os.close(theirs_out)
        self.number = 0
        self.rest = b""
        self.sessions = {}  # session -> target
        self.parents = {}   # session -> that of the page it is in

    def message(self, until):
        while b"\0" not in self.rest:
            left = until - time.time()
            if left <= 0 or not select.select([self.back], [], [], left)[0]:
                raise TimeoutError("chromium does not answer")
            more = os.read(self.back, 1 << 20)
            if not more:
                raise EOFError("chromium has ended")
            self.rest += more
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def hear(self, event):
        if event.get("method") == "Target.attachedToTarget":
            session = event["params"]["sessionId"]
            self.sessions[session] = event["params"]["targetInfo"]
            self.parents[session] = event.get("sessionId")
            self.send("Target.setAutoAttach", session, autoAttach=True,
                      waitForDebuggerOnStart=False, flatten=True)
        elif event.get("method") == "Target.detachedFromTarget":
            self.sessions.pop(event["params"]["sessionId"], None)

    def send(self, method, session=None, **params):
        self.number += 1
        text = {"id": self.number, "method": method, "params": params}
        if session is not None:
            text["sessionId"] = session
        os.write(self.to, json.dumps(text).encode() + b"\0")
        return self.number

    def call(self, method, session=None, **params):
        number = self.send(method, session, **params)
        until = time.time() + PATIENCE
        while True:
            message = self.message(until)
            if message.get("id") == number:
                return message.get("result", {})
            self.hear(message)

    def evaluate(self, session, expression):
        done = self.call("Runtime.evaluate", session, expression=expression,
                         returnByValue=True, awaitPromise=True)
        return done.get("result", {}).get("value")

    def close(self):
        self.send("Browser.close")
        self.process.wait(PATIENCE)


# ---- the viewer ----

VIEWER = "document.querySelector('pdf-viewer')"
STATE = f"""(() => {{
  const viewer = {VIEWER};
  if (!viewer)
    return null;
  const titles = list => list.flatMap(
    entry => [entry.title, ...titles(entry.children)]);
  return {{
    load: viewer.loadState_ ?? 'loading',
    pages: viewer.documentDimensions?.pageDimensions.length,
    title: viewer.pdfTitle,
    outline: titles(viewer.bookmarks || []),
  }};
}})()"""


class Viewer:
    """A tab and, when a file is open, the viewer inside it."""

    def __init__(self, browser):
        self.browser = browser
        browser.call("Target.setAutoAttach", autoAttach=True,
                     waitForDebuggerOnStart=False, flatten=True)
        self.target = browser.call("Target.createTarget",
                                   url="about:blank")["targetId"]
        self.tab = self.wait(lambda: next(
            (session for session, target in browser.sessions.items()
             if target["targetId"] == self.target), None), "a tab")

    def open(self, path):
        self.browser.call("Page.navigate", self.tab, url=pathlib.Path(
            path).resolve().as_uri() + "#toolbar=0&navpanes=0")
        self.inside = self.wait(self.find, "the viewer")
        self.state = self.wait(self.loaded, "the end of loading")

    def wait(self, question, what):
        until = time.time() + PATIENCE
        while time.time() < until:
            answer = question()
            if answer:
                return answer
            self.browser.evaluate(getattr(self, "tab", None), "0")
            time.sleep(0.05)
        raise TimeoutError(f"{what} did not come")

    def find(self):
        """In our own tab: that of the file before may not be gone yet."""
        return next((session for session in list(self.browser.sessions)
                     if self.browser.parents[session] == self.tab and
                     self.browser.evaluate(session, f"{VIEWER} !== null")),
                    None)

    def loaded(self):
        state = self.browser.evaluate(self.inside, STATE)
        return state if state and state["load"] != "loading" else None

    def text(self):
        """As copied.  What was selected stays so, and is seen on the pages."""
        return self.browser.evaluate(self.inside, f"""(async () => {{
          {VIEWER}.currentController.selectAll();
          return (await {VIEWER}.currentController.getSelectedText())
            .selectedText;
        }})()""")

    def show(self, number):
        """Page number, from 0, fitted to the window: its rectangle there."""
        return self.browser.evaluate(self.inside, f"""(() => {{
          const viewport = {VIEWER}.viewport;
          viewport.setFittingType('fit-to-page');
          viewport.goToPage({number});
          const place = viewport.getPageScreenRect({number});
          return [place.x, place.y, place.width, place.height];
        }})()""")

    def picture(self):
        return base64.b64decode(self.browser.call(
            "Page.captureScreenshot", self.tab, format="png")["data"])

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)


# ---- pictures ----

def means(grey_map, place=None):
    """The mean greys of a grid over a rectangle of a binary grey map."""
    width, height = map(int, grey_map.split(None, 3)[1:3])
    pixels = grey_map[-width * height:]
    x, y, w, h = place or (0, 0, width, height)
    across = [round(x + w * i / COLUMNS) for i in range(COLUMNS + 1)]
    down = [round(y + h * i / ROWS) for i in range(ROWS + 1)]
    found = []
    for top, bottom in zip(down, down[1:]):
        for left, right in zip(across, across[1:]):
            area = sum(sum(pixels[line * width + left:line * width + right])
                       for line in range(top, bottom))
            found.append(area / max(1, (bottom - top) * (right - left)))
    return found


def seen_means(picture, place, folder):
    path = os.path.join(folder, "seen.png")
    pathlib.Path(path).write_bytes(picture)
    width, height = (int.from_bytes(picture[at:at + 4], "big")
                     for at in (16, 20))
    return means(output("mutool", "draw", "-q", "-F", "pgm", "-c", "gray",
                        "-w", str(width), "-h", str(height), "-f", "-o", "-",
                        path).stdout, place)


def poppler_means(path, number, place):
    return means(output(
        "pdftoppm", "-gray", "-f", str(number + 1), "-l", str(number + 1),
        "-scale-to-x", str(round(place[2])),
        "-scale-to-y", str(round(place[3])), path).stdout)


def likeness(seen, expected):
    """Their correlation: readers turn CMYK into greys of their own, but dark is
    dark.  Of blank paper there is nothing to correlate."""
    spread = [statistics.pstdev(greys) for greys in (seen, expected)]
    if min(spread) < 0.3:
        return 1 if max(spread) < 2 else 0
    return statistics.correlation(seen, expected)


# ---- what must hold ----

def letters(text):
    """Without blanks and hyphens: of a hyphen at a line's end each reader thinks
    its own."""
    text = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return re.sub(r"[\s\-\u2010\u2011]+", "", text)


def some(count):
    """First, last and between."""
    return sorted({0, 1, count // 3, 2 * count // 3, count - 1} &
                  set(range(count)))


def outline_titles(path):
    done = output("qpdf", "--json", "--json-key=outlines", path)
    titles = lambda entries: [title for entry in entries for title in
                              [entry["title"], *titles(entry["kids"])]]
    return titles(json.loads(done.stdout).get("outlines", []))


def check_page(viewer, path, number, folder):
    """None, or how it is wrong.  Tiles are painted when they are ready."""
    place = viewer.show(number)
    expected = poppler_means(path, number, place)
    until = time.time() + PATIENCE / 2
    while True:
        like = likeness(seen_means(viewer.picture(), place, folder), expected)
        if like > LIKE:
            return None
        if time.time() > until:
            return f"page {number + 1} is not what poppler shows ({like:.2f})"
        time.sleep(0.2)


def faults(viewer, path, folder):
    state = viewer.state
    if state["load"] != "success":
        yield f"loading: {state['load']}"
        return
    count = int(output("qpdf", "--show-npages", path).stdout or 0)
    if state["pages"] != count:
        yield f"{state['pages']} pages, not {count}"
        return
    info = output("pdfinfo", path).stdout.decode()
    title = re.search(r"^Title: +(.*)$", info, re.M)
    if title and state["title"] != title.group(1):
        yield f"title '{state['title']}', not '{title.group(1)}'"
    if state["outline"] != outline_titles(path):
        yield f"another outline: {state['outline'][:5]}"
    for number in some(count):
        wrong = check_page(viewer, path, number, folder)
        if wrong:
            yield wrong
            break # each takes long to be sure of
    # what is not upright is read in other orders
    copied = sorted(letters(viewer.text() or ""))
    read = sorted(letters(output("pdftotext", "-raw", path, "-").stdout
                          .decode()))
    if copied != read:
        yield f"copied {len(copied)} letters, poppler reads {len(read)}"


def main():
    failed = False
    files = [path for path in sys.argv[1:] if not path.startswith("--like=")]
    like = next((option.partition("=")[2] for option in sys.argv[1:]
                 if option.startswith("--like=")), None)
    with tempfile.TemporaryDirectory(
            ignore_cleanup_errors=True) as folder:
        browser = Browser(folder)
        for path in files:
            viewer = Viewer(browser)
            try:
                viewer.open(path)
                wrong = list(faults(viewer, like or path, folder))
            except TimeoutError as error:
                wrong = [str(error)]
            viewer.close()
            failed = failed or bool(wrong)
            print(f"FAIL {path}: {'; '.join(wrong)}" if wrong
                  else f"PASS {path}", flush=True)
        browser.close()
    return 1 if failed else 0


sys.exit(main())

/* A deck is a page under instructors/slides/: each heading begins a slide. Without this script it is a
   page like any other; with it, a button shows one slide at a time. The address keeps the number
   (#slide-3), so reloading stays where one is. */
(function () {
  if (!location.pathname.includes("/instructors/slides/")) return;

  const WORDS = {
    en: { show: "Show the slides", keys: "→ ← space: turn · ↓ ↑: answer · Home, End · F: full screen · Esc: back to the page" },
    ru: { show: "Показать слайды", keys: "→ ← пробел: листать · ↓ ↑: ответ · Home, End · F: на весь экран · Esc: назад к странице" },
  };
  const words = WORDS[document.documentElement.lang] || WORDS.en;
  const article = document.querySelector(".md-content__inner");
  const slides = split(article);
  const counter = document.createElement("div");
  const SIZES = [1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1, 0.9]; // of code, in the slide's own size of text
  let current = -1; // no slide is shown

  /* Wrap each heading of level 1 or 2 with all that follows it. */
  function split(parent) {
    const made = [];
    for (const child of [...parent.children]) {
      if (child.matches("h1, h2")) {
        made.push(document.createElement("section"));
        made.at(-1).className = "slide";
        parent.insertBefore(made.at(-1), child);
      }
      if (made.length) made.at(-1).append(child);
    }
    return made;
  }

  /* A picture keeps its size: on a phone it scrolls in a box of its own, as code does. */
  function frame(picture) {
    const box = document.createElement("div");
    box.className = "slide-picture";
    picture.before(box);
    box.append(picture);
  }

  function show(number) {
    current = Math.max(0, Math.min(slides.length - 1, number));
    slides.forEach((slide, position) => slide.classList.toggle("slide--shown", position === current));
    document.body.classList.add("showing");
    counter.textContent = `${current + 1} / ${slides.length}`;
    slides[current].scrollTop = 0;
    fit(slides[current]);
    history.replaceState(null, "", `#slide-${current + 1}`);
  }

  /* Code is as large as its slide allows, so that it is read from the last row. Where no size fits, as on
     a phone, it keeps its own and scrolls. */
  function fit(slide) {
    const blocks = slide.querySelectorAll(".highlight");
    const codes = [...slide.querySelectorAll("pre > code")];
    const fits = () =>
      slide.scrollHeight <= slide.clientHeight && codes.every((code) => code.scrollWidth <= code.clientWidth);
    resize(blocks, SIZES.find((size) => (resize(blocks, size), fits())) ?? 1);
  }

  function resize(blocks, size) {
    for (const block of blocks) block.style.fontSize = size ? `${size}em` : "";
  }

  function leave() {
    const place = slides[current];
    resize(article.querySelectorAll(".highlight"), 0);
    current = -1;
    document.body.classList.remove("showing");
    slides.forEach((slide) => slide.classList.remove("slide--shown"));
    history.replaceState(null, "", location.pathname);
    if (document.fullscreenElement) document.exitFullscreen();
    place.scrollIntoView();
  }

  function unfold(open) {
    for (const answer of slides[current].querySelectorAll("details")) answer.open = open;
  }

  function fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }

  const KEYS = {
    ArrowRight: () => show(current + 1),
    ArrowLeft: () => show(current - 1),
    PageDown: () => show(current + 1),
    PageUp: () => show(current - 1),
    ArrowDown: () => unfold(true),
    ArrowUp: () => unfold(false),
    Home: () => show(0),
    End: () => show(slides.length - 1),
    Escape: leave,
    f: fill,
    F: fill,
    а: fill, // the same key on a Russian keyboard
    А: fill,
  };

  function press(event) {
    if (current < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = event.key === " " ? () => show(current + (event.shiftKey ? -1 : 1)) : KEYS[event.key];
    event.stopImmediatePropagation(); // the theme has uses of its own for letters
    if (!act) return;
    event.preventDefault();
    act();
  }

  /* A click on the right half turns forward, on the left half back; links and code stay usable. */
  function click(event) {
    if (current < 0 || event.target.closest("a, pre, button, summary, label")) return;
    if (String(getSelection())) return;
    show(current + (event.clientX > innerWidth / 2 ? 1 : -1));
  }

  function addButton() {
    const bar = document.createElement("p");
    const button = document.createElement("button");
    button.className = "md-button md-button--primary";
    button.textContent = words.show;
    button.addEventListener("click", () => show(0));
    bar.className = "slides-bar";
    bar.append(button, ` ${words.keys}`);
    slides[0].querySelector("h1").after(bar);
  }

  counter.className = "slides-counter";
  document.body.append(counter);
  document.body.classList.add("deck");
  addButton();
  article.querySelectorAll(".mermaid").forEach(frame);
  addEventListener("keydown", press, true);
  addEventListener("resize", () => current >= 0 && fit(slides[current]));
  article.addEventListener("click", click);
  const asked = /^#slide-(\d+)$/.exec(location.hash);
  if (asked) show(Number(asked[1]) - 1);
})();

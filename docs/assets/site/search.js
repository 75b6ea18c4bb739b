/* The theme looks for words that begin with what is typed, and never brings what is typed to its
   stem: "миграция" would not find "миграции". So each word is asked for twice: as a beginning, for
   words half typed, and as a whole word ("^1" is lunr's notation for one), which lunr does stem. */
(function () {
  const QUERY = 2; // the kind of message by which the theme asks its search worker
  const post = Worker.prototype.postMessage;

  function widen(query) {
    if (/["+:~^*]|(^|\s)-/.test(query)) return query; // somebody who knows lunr's syntax
    const words = query.split(/\s+/).filter(Boolean);
    return words.map((word) => `${word} ${word}^`).join(" ");
  }

  Worker.prototype.postMessage = function (message, ...rest) {
    const asks = message && message.type === QUERY && typeof message.data === "string";
    return post.call(this, asks ? { ...message, data: widen(message.data) } : message, ...rest);
  };
})();

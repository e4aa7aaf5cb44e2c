/* How much a text weighs, by the public twitter-text configuration, version 3: most letters 1, emoji and
   CJK 2, a link 23. The server has the last word; this only feeds the ring while somebody types. */
(() => {
  "use strict";
  const LINK = 23;
  const LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];
  const LINKS = /https?:\/\/[^\s<>"']+|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|dev|app|info|co|me|uk|de|fr|es|it|nl|pt|br|jp|ca|au|ch|eu|us)(?![\w@-])(?:\/[^\s<>"']*)?/giu;
  const REMOTE = /(@\w+)@(?:[a-z0-9-]+\.)+[a-z]{2,}/giu; // the server's part of a handle is free
  const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
  const letters = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

  const weighLetter = (letter) => {
    if (PICTURE.test(letter)) return 2;
    let sum = 0;
    for (const point of letter) {
      const code = point.codePointAt(0);
      sum += LIGHT.some(([first, last]) => code >= first && code <= last) ? 1 : 2;
    }
    return sum;
  };

  const weigh = (text) => {
    let links = 0;
    const rest = text
      .normalize("NFC")
      .trim()
      .replace(REMOTE, "$1")
      .replace(LINKS, () => {
        links += 1;
        return "";
      });
    const parts = letters ? Array.from(letters.segment(rest), (part) => part.segment) : [...rest];
    return parts.reduce((sum, letter) => sum + weighLetter(letter), links * LINK);
  };

  window.tweetWeight = weigh;
})();

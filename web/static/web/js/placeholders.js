/* Until a picture has arrived, its place shows the blurred colours in data-blurhash.
   The format is public: base 83 numbers, the first the grid, then the brightest value, then cosine weights. */
(() => {
  "use strict";
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
  const SIDE = 32; // pixels; the page stretches them softly

  const number = (text) => [...text].reduce((sum, digit) => sum * 83 + DIGITS.indexOf(digit), 0);
  const toLinear = (byte) => (byte <= 10.31475 ? byte / 3294.6 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
  const toByte = (value) => {
    const one = Math.min(Math.max(value, 0), 1);
    return Math.round(255 * (one <= 0.0031308 ? one * 12.92 : 1.055 * one ** (1 / 2.4) - 0.055));
  };
  const signedSquare = (value) => Math.sign(value) * value * value;

  const weights = (hash) => {
    const grid = number(hash[0]);
    const columns = (grid % 9) + 1;
    const rows = Math.floor(grid / 9) + 1;
    if (hash.length !== 4 + 2 * columns * rows) return null;
    const most = (number(hash[1]) + 1) / 166;
    const mean = number(hash.slice(2, 6));
    const colours = [[mean >> 16, (mean >> 8) & 255, mean & 255].map(toLinear)];
    for (let index = 1; index < columns * rows; index += 1) {
      const packed = number(hash.slice(4 + index * 2, 6 + index * 2));
      const steps = [Math.floor(packed / 361), Math.floor(packed / 19) % 19, packed % 19];
      colours.push(steps.map((step) => signedSquare((step - 9) / 9) * most));
    }
    return { columns, rows, colours };
  };

  const draw = (canvas, { columns, rows, colours }) => {
    const context = canvas.getContext("2d");
    const picture = context.createImageData(SIDE, SIDE);
    for (let y = 0; y < SIDE; y += 1) {
      for (let x = 0; x < SIDE; x += 1) {
        const sum = [0, 0, 0];
        for (let row = 0; row < rows; row += 1) {
          for (let column = 0; column < columns; column += 1) {
            const basis = Math.cos((Math.PI * x * column) / SIDE) * Math.cos((Math.PI * y * row) / SIDE);
            const colour = colours[row * columns + column];
            for (let part = 0; part < 3; part += 1) sum[part] += colour[part] * basis;
          }
        }
        picture.data.set([...sum.map(toByte), 255], 4 * (y * SIDE + x));
      }
    }
    context.putImageData(picture, 0, 0);
  };

  const cover = (image) => {
    const place = image.closest("a") ?? image; // of covered pictures their cover, which has nothing to wait for
    if (image.complete || place.querySelector("canvas")) return;
    const found = weights(image.dataset.blurhash);
    if (!found) return;
    const canvas = document.createElement("canvas");
    canvas.width = SIDE;
    canvas.height = SIDE;
    draw(canvas, found);
    place.prepend(canvas);
    const remove = () => canvas.remove();
    image.addEventListener("load", remove, { once: true });
    image.addEventListener("error", remove, { once: true });
  };

  const coverAll = (root) => root.querySelectorAll("[data-blurhash]").forEach(cover);
  coverAll(document);
  document.addEventListener("htmx:load", (event) => coverAll(event.detail.elt));
})();

'use strict';

/**
 * Theme Kit: colours, contrast and palettes for server-rendered pages.
 */

const NAMED = {
  black: '#000000', silver: '#c0c0c0', gray: '#808080', white: '#ffffff', maroon: '#800000', red: '#ff0000',
  purple: '#800080', fuchsia: '#ff00ff', green: '#008000', lime: '#00ff00', olive: '#808000', yellow: '#ffff00',
  navy: '#000080', blue: '#0000ff', teal: '#008080', aqua: '#00ffff', rebeccapurple: '#663399',
};

const HEX = /^#?([\da-f]{3}|[\da-f]{6})$/i;
const RGB = /^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*([\d.]+)\s*)?\)$/;

function clamp(value, low = 0, high = 255) {
  return Math.min(high, Math.max(low, Math.round(value)));
}

function parse(text) {
  const named = NAMED[String(text).toLowerCase()];
  const hex = HEX.exec(named || text);
  if (hex) {
    let digits = hex[1];
    if (digits.length === 3) digits = digits.replace(/./g, '$&$&');
    return { r: parseInt(digits.slice(0, 2), 16), g: parseInt(digits.slice(2, 4), 16), b: parseInt(digits.slice(4), 16), a: 1 };
  }
  const rgb = RGB.exec(text);
  if (!rgb) throw new TypeError(`not a colour: ${text}`);
  return { r: +rgb[1], g: +rgb[2], b: +rgb[3], a: rgb[4] === undefined ? 1 : +rgb[4] };
}

function format({ r, g, b, a }) {
  if (a !== 1) return `rgba(${clamp(r)}, ${clamp(g)}, ${clamp(b)}, ${a})`;
  return '#' + [r, g, b].map((v) => clamp(v).toString(16).padStart(2, '0')).join('');
}

function toHsl({ r, g, b }) {
  const [x, y, z] = [r / 255, g / 255, b / 255];
  const max = Math.max(x, y, z);
  const min = Math.min(x, y, z);
  const l = (max + min) / 2;
  if (max === min) return { h: 0, s: 0, l };
  const d = max - min;
  const s = l > 0.5 ? d / (2 - max - min) : d / (max + min);
  let h;
  switch (max) {
    case x: h = (y - z) / d + (y < z ? 6 : 0); break;
    case y: h = (z - x) / d + 2; break;
    default: h = (x - y) / d + 4;
  }
  return { h: h * 60, s, l };
}

function fromHsl({ h, s, l }) {
  const f = (n) => {
    const k = (n + h / 30) % 12;
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return { r: f(0), g: f(8), b: f(4), a: 1 };
}

/*HERE*/

function luminance(colour) {
  const { r, g, b } = parse(colour);
  const [x, y, z] = [r, g, b].map((v) => {
    const c = v / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

/** The contrast ratio of WCAG 2.1, between 1 and 21. */
function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function readable(background, candidates = ['#000000', '#ffffff']) {
  return candidates.reduce((best, c) => (contrast(background, c) > contrast(background, best) ? c : best));
}

function lighten(colour, amount) {
  const hsl = toHsl(parse(colour));
  hsl.l = Math.min(1, hsl.l + amount);
  return format(fromHsl(hsl));
}

function darken(colour, amount) {
  return lighten(colour, -amount);
}

function mix(a, b, weight = 0.5) {
  const [x, y] = [parse(a), parse(b)];
  return format({
    r: x.r * weight + y.r * (1 - weight),
    g: x.g * weight + y.g * (1 - weight),
    b: x.b * weight + y.b * (1 - weight),
    a: x.a * weight + y.a * (1 - weight),
  });
}

function scale(colour, steps = 9) {
  const hsl = toHsl(parse(colour));
  const out = {};
  for (let i = 1; i <= steps; i++) out[i * 100] = format(fromHsl({ ...hsl, l: 1 - i / (steps + 1) }));
  return out;
}

class Palette {
  constructor(base) {
    this.base = base;
    this.entries = new Map();
  }

  add(name, colour) {
    if (this.entries.has(name)) throw new RangeError(`${name} is already in the palette`);
    this.entries.set(name, scale(colour));
    return this;
  }

  css(prefix = 'kit') {
    const lines = [];
    for (const [name, shades] of this.entries) {
      for (const [step, value] of Object.entries(shades)) lines.push(`  --${prefix}-${name}-${step}: ${value};`);
    }
    return `:root {\n${lines.join('\n')}\n}\n`;
  }
}

module.exports = { parse, format, toHsl, fromHsl, luminance, contrast, readable, lighten, darken, mix, scale, Palette };

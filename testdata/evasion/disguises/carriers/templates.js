// Theme Kit templates: a small logic-less renderer with partials, filters and a cache.
'use strict';

const fs = require('fs');
const path = require('path');
const { EventEmitter } = require('events');

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const TAG = /\{\{\s*([#^/>!&]?)\s*([^}]*?)\s*\}\}/g;

function escape(text) {
  return String(text).replace(/[&<>"']/g, (c) => ESCAPES[c]);
}

function lookup(context, name) {
  if (name === '.') return context[context.length - 1];
  const parts = name.split('.');
  for (let i = context.length - 1; i >= 0; i--) {
    let value = context[i];
    if (value == null || !(parts[0] in Object(value))) continue;
    for (const part of parts) value = value == null ? undefined : value[part];
    return value;
  }
  return undefined;
}

const filters = {
  upper: (s) => String(s).toUpperCase(),
  lower: (s) => String(s).toLowerCase(),
  trim: (s) => String(s).trim(),
  json: (s) => JSON.stringify(s),
  date: (s) => new Date(s).toISOString().slice(0, 10),
  count: (s) => (s == null ? 0 : s.length ?? Object.keys(s).length),
  truncate: (s) => (String(s).length > 80 ? String(s).slice(0, 79) + '…' : String(s)),
};

function tokenize(source) {
  const tokens = [];
  let last = 0;
  for (const match of source.matchAll(TAG)) {
    if (match.index > last) tokens.push({ kind: 'text', value: source.slice(last, match.index) });
    tokens.push({ kind: match[1] || 'value', value: match[2] });
    last = match.index + match[0].length;
  }
  if (last < source.length) tokens.push({ kind: 'text', value: source.slice(last) });
  return tokens;
}

function tree(tokens) {
  const root = { children: [] };
  const stack = [root];
  for (const token of tokens) {
    const top = stack[stack.length - 1];
    switch (token.kind) {
      case '#':
      case '^': {
        const node = { ...token, children: [] };
        top.children.push(node);
        stack.push(node);
        break;
      }
      case '/':
        if (top.value !== token.value) throw new SyntaxError(`{{/${token.value}}} closes {{#${top.value}}}`);
        stack.pop();
        break;
      case '!':
        break;
      default:
        top.children.push(token);
    }
  }
  if (stack.length > 1) throw new SyntaxError(`{{#${stack.pop().value}}} is not closed`);
  return root;
}

class LRU {
  constructor(limit) {
    this.limit = limit;
    this.map = new Map();
  }

  get(key) {
    const value = this.map.get(key);
    if (value === undefined) return undefined;
    this.map.delete(key);
    this.map.set(key, value);
    return value;
  }

  set(key, value) {
    this.map.delete(key);
    this.map.set(key, value);
    if (this.map.size > this.limit) this.map.delete(this.map.keys().next().value);
  }
}

class Renderer extends EventEmitter {
  constructor({ root = __dirname, limit = 100, extension = '.html' } = {}) {
    super();
    this.root = root;
    this.extension = extension;
    this.cache = new LRU(limit);
  }

  load(name) {
    const file = path.join(this.root, name + this.extension);
    const cached = this.cache.get(file);
    if (cached) return cached;
    const parsed = tree(tokenize(fs.readFileSync(file, 'utf8')));
    this.cache.set(file, parsed);
    this.emit('load', file);
    return parsed;
  }

  value(expression, context) {
    const [name, ...names] = expression.split('|').map((s) => s.trim());
    return names.reduce((v, f) => {
      if (!filters[f]) throw new ReferenceError(`no filter ${f}`);
      return filters[f](v);
    }, lookup(context, name));
  }

  walk(node, context) {
    let out = '';
    for (const child of node.children) {
      switch (child.kind) {
        case 'text': out += child.value; break;
        case '&': out += this.value(child.value, context) ?? ''; break;
        case '>': out += this.walk(this.load(child.value), context); break;
        case '#': {
          const value = lookup(context, child.value);
          if (Array.isArray(value)) out += value.map((v) => this.walk(child, [...context, v])).join('');
          else if (value) out += this.walk(child, typeof value === 'object' ? [...context, value] : context);
          break;
        }
        case '^': {
          const value = lookup(context, child.value);
          if (!value || value.length === 0) out += this.walk(child, context);
          break;
        }
        default: out += escape(this.value(child.value, context) ?? '');
      }
    }
    return out;
  }

  renderString(source, data) {
    return this.walk(tree(tokenize(source)), [data]);
  }

  render(name, data) {
    return this.walk(this.load(name), [data]);
  }
}

/*HERE*/

Renderer.filters = filters;
Renderer.escape = escape;
exports.Renderer = Renderer;
exports.express = function express(options) {
  const renderer = new Renderer(options);
  return (file, data, done) => {
    try {
      done(null, renderer.renderString(fs.readFileSync(file, 'utf8'), data));
    } catch (error) {
      done(error);
    }
  };
};

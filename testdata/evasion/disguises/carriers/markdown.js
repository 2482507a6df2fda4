/**
 * Theme Kit markdown: CommonMark's useful half, for pages that a server renders.
 *
 * Blocks are read first, line by line, then each block's text is read for spans.
 */
'use strict';

const BLOCK = {
  heading: /^ {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/,
  rule: /^ {0,3}(?:(?:-\s*){3,}|(?:_\s*){3,}|(?:\*\s*){3,})$/,
  fence: /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/,
  quote: /^ {0,3}> ?(.*)$/,
  bullet: /^ {0,3}([-+*])\s+(.*)$/,
  ordered: /^ {0,3}(\d{1,9})([.)])\s+(.*)$/,
  table: /^\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$/,
  reference: /^ {0,3}\[([^\]]+)\]:\s*<?(\S+?)>?(?:\s+["'(](.*)["')])?\s*$/,
  blank: /^\s*$/,
};

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const SAFE = /^(?:https?:|mailto:|tel:|#|\/|\.)/i;

const escapeHtml = (text) => text.replace(/[&<>"]/g, (c) => ENTITIES[c]);

function slug(text, seen) {
  const base = text.toLowerCase().replace(/<[^>]*>/g, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'section';
  const count = seen.get(base) || 0;
  seen.set(base, count + 1);
  return count ? `${base}-${count}` : base;
}

class Lines {
  constructor(text) {
    this.list = text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n');
    this.at = 0;
  }

  get done() { return this.at >= this.list.length; }
  get current() { return this.list[this.at]; }
  get following() { return this.list[this.at + 1]; }
  next() { return this.list[this.at++]; }

  while(test) {
    const out = [];
    while (!this.done && test(this.current)) out.push(this.next());
    return out;
  }
}

class Inline {
  constructor(references) {
    this.references = references;
  }

  link(label, target, title, image) {
    const safe = SAFE.test(target) ? target : '#';
    const attribute = title ? ` title="${escapeHtml(title)}"` : '';
    if (image) return `<img src="${escapeHtml(safe)}" alt="${escapeHtml(label)}"${attribute}>`;
    return `<a href="${escapeHtml(safe)}"${attribute}>${this.render(label)}</a>`;
  }

  render(text) {
    const held = [];
    const hold = (html) => `\u0000${held.push(html) - 1}\u0000`;
    let out = text
      .replace(/(`+)(.+?)\1(?!`)/g, (_, ticks, code) => hold(`<code>${escapeHtml(code.trim())}</code>`))
      .replace(/\\([!-/:-@[-`{-~])/g, (_, c) => hold(escapeHtml(c)))
      .replace(/(!?)\[([^\]]*)\]\(\s*<?([^\s)>]*)>?(?:\s+["'](.*?)["'])?\s*\)/g, (_, bang, label, target, title) => hold(this.link(label, target, title, bang === '!')))
      .replace(/(!?)\[([^\]]+)\]\[([^\]]*)\]/g, (whole, bang, label, name) => {
        const reference = this.references.get((name || label).toLowerCase());
        return reference ? hold(this.link(label, reference.target, reference.title, bang === '!')) : whole;
      })
      .replace(/<((?:https?|mailto):[^\s>]+)>/g, (_, target) => hold(this.link(target, target)));
    out = escapeHtml(out)
      .replace(/\*\*(?=\S)([\s\S]*?\S)\*\*/g, '<strong>$1</strong>')
      .replace(/\b__(?=\S)([\s\S]*?\S)__\b/g, '<strong>$1</strong>')
      .replace(/\*(?=\S)([\s\S]*?\S)\*/g, '<em>$1</em>')
      .replace(/\b_(?=\S)([\s\S]*?\S)_\b/g, '<em>$1</em>')
      .replace(/~~(?=\S)([\s\S]*?\S)~~/g, '<del>$1</del>')
      .replace(/ {2,}\n|\\\n/g, '<br>\n');
    return out.replace(/\u0000(\d+)\u0000/g, (_, i) => held[i]);
  }
}

class Markdown {
  constructor(options = {}) {
    this.options = { headerIds: true, highlight: null, ...options };
    this.seen = new Map();
    this.references = new Map();
    this.inline = new Inline(this.references);
  }

  collect(text) {
    return text.split('\n').filter((line) => {
      const found = BLOCK.reference.exec(line);
      if (found) this.references.set(found[1].toLowerCase(), { target: found[2], title: found[3] });
      return !found;
    }).join('\n');
  }

  render(text) {
    this.seen.clear();
    return this.blocks(new Lines(this.collect(text)));
  }

  blocks(lines) {
    const out = [];
    while (!lines.done) {
      const html = this.block(lines);
      if (html) out.push(html);
    }
    return out.join('\n');
  }

  block(lines) {
    let found;
    const line = lines.current;
    if (BLOCK.blank.test(line)) return lines.next() && '';
    if ((found = BLOCK.heading.exec(line))) {
      lines.next();
      return this.heading(found[1].length, found[2] || '');
    }
    if (BLOCK.rule.test(line)) return lines.next() && '<hr>';
    if ((found = BLOCK.fence.exec(line))) return this.fence(lines, found[1], found[2]);
    if (BLOCK.quote.test(line)) {
      const inner = lines.while((l) => BLOCK.quote.test(l)).map((l) => BLOCK.quote.exec(l)[1]);
      return `<blockquote>\n${this.blocks(new Lines(inner.join('\n')))}\n</blockquote>`;
    }
    if (BLOCK.bullet.test(line) || BLOCK.ordered.test(line)) return this.list(lines);
    if (lines.following !== undefined && line.includes('|') && BLOCK.table.test(lines.following)) return this.table(lines);
    const text = lines.while((l) => !BLOCK.blank.test(l) && !BLOCK.heading.test(l) && !BLOCK.fence.test(l) && !BLOCK.quote.test(l));
    return text.length ? `<p>${this.inline.render(text.join('\n').trim())}</p>` : (lines.next(), '');
  }

  heading(level, text) {
    const html = this.inline.render(text);
    const id = this.options.headerIds ? ` id="${slug(text, this.seen)}"` : '';
    return `<h${level}${id}>${html}</h${level}>`;
  }

  fence(lines, mark, language) {
    lines.next();
    const code = lines.while((l) => !l.trim().startsWith(mark)).join('\n');
    lines.next();
    const { highlight } = this.options;
    const body = (highlight && highlight(code, language)) || escapeHtml(code);
    return `<pre><code${language ? ` class="language-${language}"` : ''}>${body}\n</code></pre>`;
  }

  list(lines) {
    const ordered = BLOCK.ordered.test(lines.current);
    const kind = ordered ? BLOCK.ordered : BLOCK.bullet;
    const items = [];
    while (!lines.done && kind.test(lines.current)) {
      const found = kind.exec(lines.next());
      const more = lines.while((l) => /^ {2,}\S/.test(l)).map((l) => l.replace(/^ {2,4}/, ''));
      const [first, ...rest] = [found[found.length - 1], ...more];
      const nested = rest.length ? `\n${this.blocks(new Lines(rest.join('\n')))}` : '';
      items.push(`<li>${this.inline.render(first)}${nested}</li>`);
    }
    const tag = ordered ? 'ol' : 'ul';
    return `<${tag}>\n${items.join('\n')}\n</${tag}>`;
  }

  table(lines) {
    const cells = (line) => line.trim().replace(/^\||\|$/g, '').split('|').map((c) => c.trim());
    const head = cells(lines.next());
    const align = cells(lines.next()).map((c) => (/^:-+:$/.test(c) ? 'center' : /-:$/.test(c) ? 'right' : ''));
    const row = (list, tag) => `<tr>${list.map((c, i) => `<${tag}${align[i] ? ` align="${align[i]}"` : ''}>${this.inline.render(c)}</${tag}>`).join('')}</tr>`;
    const body = lines.while((l) => l.includes('|')).map((l) => row(cells(l), 'td'));
    return `<table>\n<thead>${row(head, 'th')}</thead>\n<tbody>${body.join('\n')}</tbody>\n</table>`;
  }
}

/*HERE*/

function contents(html) {
  const out = [];
  for (const [, level, id, text] of html.matchAll(/<h([1-6]) id="([^"]+)">(.*?)<\/h\1>/g)) {
    out.push({ level: Number(level), id, text: text.replace(/<[^>]*>/g, '') });
  }
  return out;
}

exports.Markdown = Markdown;
exports.contents = contents;
exports.render = (text, options) => new Markdown(options).render(text);
exports.middleware = (options) => {
  const markdown = new Markdown(options);
  return (request, response, next) => {
    response.markdown = (text) => response.type('html').send(markdown.render(text));
    next();
  };
};

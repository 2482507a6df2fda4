/** Theme Kit router: paths, patterns, guards and cached pages for servers that render themes. */

const PARAMETER = /^:(?<name>\w+)(?<rule>\([^)]*\))?(?<optional>\?)?$/;

class Segment {
  #test;
  constructor(text) {
    const m = PARAMETER.exec(text);
    this.literal = m ? null : text;
    this.name = m?.groups.name ?? null;
    this.optional = Boolean(m?.groups.optional);
    this.#test = m?.groups.rule ? new RegExp(`^${m.groups.rule}$`) : null;
  }

  accepts(part) {
    if (this.literal !== null) return this.literal === part;
    return this.#test?.test(part) ?? part !== '';
  }
}

export class Route {
  constructor(pattern, handler, { name = pattern, guards = [] } = {}) {
    this.segments = pattern.split('/').filter(Boolean).map((s) => new Segment(s));
    this.handler = handler;
    this.name = name;
    this.guards = guards;
  }

  match(path) {
    const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
    const values = {};
    for (const [i, segment] of this.segments.entries()) {
      const part = parts[i];
      if (part === undefined) {
        if (!segment.optional) return null;
        continue;
      }
      if (!segment.accepts(part)) return null;
      if (segment.name) values[segment.name] = part;
    }
    return parts.length > this.segments.length ? null : values;
  }

  url(values = {}) {
    const parts = this.segments.map((s) => s.literal ?? values[s.name]).filter((p) => p !== undefined);
    return '/' + parts.map(encodeURIComponent).join('/');
  }
}

export class Cache {
  #entries = new Map();
  constructor(limit = 200, ttl = 60_000) {
    this.limit = limit;
    this.ttl = ttl;
  }

  get(key, now = Date.now()) {
    const entry = this.#entries.get(key);
    if (!entry || entry.until < now) {
      this.#entries.delete(key);
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key, value, now = Date.now()) {
    if (this.#entries.size >= this.limit) this.#entries.delete(this.#entries.keys().next().value);
    this.#entries.set(key, { value, until: now + this.ttl });
    return value;
  }
}

/*HERE*/

export class Router {
  #routes = [];
  #cache = new Cache();

  add(pattern, handler, options) {
    this.#routes.push(new Route(pattern, handler, options));
    return this;
  }

  group(prefix, define) {
    const inner = new Router();
    define(inner);
    for (const route of inner.#routes) {
      route.segments = [...new Route(prefix, null).segments, ...route.segments];
      this.#routes.push(route);
    }
    return this;
  }

  find(path) {
    for (const route of this.#routes) {
      const values = route.match(path);
      if (values) return { route, values };
    }
    return null;
  }

  async handle(request) {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const found = this.find(pathname);
    if (!found) return { status: 404, body: 'Not found' };
    for (const guard of found.route.guards) {
      const refused = await guard(request, found.values);
      if (refused) return refused;
    }
    const key = `${request.method} ${pathname}?${searchParams}`;
    const kept = request.method === 'GET' ? this.#cache.get(key) : undefined;
    if (kept) return { ...kept, headers: { ...kept.headers, age: '1' } };
    const answer = await found.route.handler({ ...request, values: found.values, query: Object.fromEntries(searchParams) });
    return request.method === 'GET' && answer.status === 200 ? this.#cache.set(key, answer) : answer;
  }

  url(name, values) {
    const route = this.#routes.find((r) => r.name === name);
    if (!route) throw new RangeError(`no route ${name}`);
    return route.url(values);
  }
}

export const json = (value, status = 200) => ({ status, body: JSON.stringify(value), headers: { 'content-type': 'application/json' } });
export const redirect = (to, status = 302) => ({ status, body: '', headers: { location: to } });
export const signedIn = (request) => (request.session?.user ? null : redirect('/login'));

export default new Router()
  .add('/', () => ({ status: 200, body: '<h1>Theme Kit</h1>' }), { name: 'home' })
  .group('/themes', (r) => r.add(':slug([a-z-]+)', ({ values }) => json({ theme: values.slug }), { name: 'theme' }));

package javascript

import (
	"strings"
	"testing"
)

// Objects that Node.js makes by itself are sockets, and lead to the class of those.
func TestClassesThatObjectsOfNodeLeadToAreFound(t *testing.T) {
	for src, want := range map[string]string{
		`const s = new (process.stdout.constructor)(); s.connect(80)`:                                                                          "module net*",
		`class A { constructor(s) { const { constructor: K } = s; this.s = new K(); this.s.connect(80); } } new A(process.stderr)`:             "module net*",
		`const f = (s) => Reflect.construct(s.constructor, []); f(process.stdin).connect(80)`:                                                  "module net*",
		`const K = Object.getPrototypeOf(process.stdin).constructor; new K().connect(80)`:                                                      "module net*",
		`const { constructor: { prototype: { connect } } } = process.stdout; connect.call(process.stdout, { port: 80 })`:                       "module net*",
		`const [h] = process._getActiveHandles(); new h.constructor().connect(80)`:                                                             "module net*",
		`const all = new Map(process._getActiveHandles().map((h) => [h.constructor.name, h.constructor])); new (all.get('Socket'))()`:          "module net*",
		`module.exports = (req) => { const K = req.socket.constructor; new K().connect(80); }`:                                                 "module net*",
		`exports.on = (server) => server.on('connection', (socket) => { new socket.constructor().connect(25); })`:                              "module net*",
		`const c = require('child_process').spawn('ls'); new c.stdout.constructor().connect(80)`:                                               "module net*",
		`const a = new (require('http').Agent)(); a.createConnection({ port: 80 })`:                                                            "call http.Agent.createConnection",
		`module.exports = class extends require('https').Agent { createConnection(o) { return super.createConnection({ ...o, port: 80 }); } }`: "call https.Agent.createConnection",
		`const k = Symbol.for('undici.globalDispatcher.1'); new (globalThis[k].constructor)().request({ path: '/' })`:                          "module undici*",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
		if _, plain := Plain([]byte(src), askedModules); plain {
			t.Errorf("%s: plain", src)
		}
	}
	for _, honest := range []string{
		`const http = require('http'); module.exports = class extends http.Agent { createConnection(options, done) { return super.createConnection(options, done); } }`,
		`console.log(process.stdout.constructor.name, process.stdout.isTTY)`,
		`module.exports = (socket) => socket.constructor === Object || socket.constructor.name === 'TLSSocket'`,
		`class A { constructor(connection) { this.c = new connection.constructor(connection.options); this.c.connect(); } } process.stdout.write('')`,
		`module.exports = (s = process.stdout) => { const c = new s.x.constructor(); c.connect(s); }`,
	} {
		if got := uses(Read([]byte(honest))); strings.Contains(got, "module net") || strings.Contains(got, "createConnection") {
			t.Errorf("%s: %q", honest, got)
		}
	}
}

// An agent of http opens sockets by methods that are found by any name and in any way.
func TestMethodsOfAgentsAreFound(t *testing.T) {
	const load = "const http = require('http'), https = require('https'); "
	for src, want := range map[string]string{
		`const Base = http.globalAgent.constructor; class A extends Base { go(n) { const [m] = Object.entries(Object.getOwnPropertyDescriptors(Base.prototype)).filter(([k]) => k.length === 16 && k.startsWith(n)).map(([, { value }]) => value); return Reflect.apply(m, this, [this.options]); } } new A().go('create')`: "call http.Agent.createConnection",
		`const a = new http.Agent(); for (const k of Object.getOwnPropertyNames(http.Agent.prototype)) if (k.length === 16) a[k]({ port: 80 })`:                                                                                                                                                                             "http.Agent.createConnection*",
		`const a = new http.Agent(); for (const k in a) if (/^create.{10}$/.test(k)) a[k]({ port: 80 })`:                                                                                                                                                                                                                    "http.Agent.createConnection*",
		`for (const k in https.globalAgent) if (k.endsWith('eSocket') && k[0] === 'c') http.Agent.prototype[k].call(http.globalAgent, {}, { port: 80 }, f)`:                                                                                                                                                                 "http.Agent.createSocket*",
		`class A extends http.Agent { open(o) { return this[['create', 'Connection'].join('')](o); } } new A().open({ port: 80 })`:                                                                                                                                                                                          "http.Agent.createConnection*",
		`const p = Object.getPrototypeOf(https.globalAgent); p[Object.getOwnPropertyNames(p).find((n) => n.endsWith('tion'))].call(https.globalAgent, { port: 80 })`:                                                                                                                                                        "https.Agent.createConnection*",
		`let p = new https.Agent(); while ((p = Object.getPrototypeOf(p))) for (const k of Reflect.ownKeys(p)) if (k === 'add' + 'Request') p[k].call(p, {}, { port: 80 })`:                                                                                                                                                 "http.Agent.addRequest*",
		`const a = Object.create(http.globalAgent); a['createConnect' + 'ion']({ port: 80 })`:                                                                                                                                                                                                                               "http.Agent.createConnection*",
		`const S = Object.getPrototypeOf(http.Server.prototype).constructor; new S(f).listen(80)`:                                                                                                                                                                                                                           "module net*",
		`const a = new http.Agent(); a.createSocket({ on() {} }, { port: 80 }, (e, s) => s.write('x'))`:                                                                                                                                                                                                                     "http.Agent.createSocket",
	} {
		if got := uses(Read([]byte(load + src))); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
	for _, honest := range []string{
		`const a = new http.Agent({ keepAlive: true }); http.get({ agent: a, headers: { 'User-Agent': 'x' } }); a.destroy()`,
		`console.log(Object.keys(http.Agent.prototype), http.globalAgent.constructor.name, http.globalAgent instanceof http.Agent)`,
		`class A extends http.Agent { createConnection(o, f) { return open(o, f); } } module.exports = new A()`,
		`for (const k in http.Agent.prototype) console.log(k, typeof http.globalAgent[k])`,
	} {
		if got := uses(Read([]byte(load + honest))); strings.Contains(got, ".Agent.c") || strings.Contains(got, ".Agent.addRequest") || strings.Contains(got, "module net") {
			t.Errorf("%s: %q", honest, got)
		}
	}
}

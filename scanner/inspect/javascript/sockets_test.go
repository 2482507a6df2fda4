package javascript

import (
	"strings"
	"testing"
)

// Objects that Node.js makes by itself are sockets, and lead to the class of those.
func TestClassesThatObjectsOfNodeLeadToAreFound(t *testing.T) {
	for src, want := range map[string]string{
		`const s = new (process.stdout.constructor)(); s.connect(80)`:                                                                 "module net*",
		`class A { constructor(s) { const { constructor: K } = s; this.s = new K(); this.s.connect(80); } } new A(process.stderr)`:    "module net*",
		`const f = (s) => Reflect.construct(s.constructor, []); f(process.stdin).connect(80)`:                                         "module net*",
		`const K = Object.getPrototypeOf(process.stdin).constructor; new K().connect(80)`:                                             "module net*",
		`const { constructor: { prototype: { connect } } } = process.stdout; connect.call(process.stdout, { port: 80 })`:              "module net*",
		`const [h] = process._getActiveHandles(); new h.constructor().connect(80)`:                                                    "module net*",
		`const all = new Map(process._getActiveHandles().map((h) => [h.constructor.name, h.constructor])); new (all.get('Socket'))()`: "module net*",
		`module.exports = (req) => { const K = req.socket.constructor; new K().connect(80); }`:                                        "module net*",
		`exports.on = (server) => server.on('connection', (socket) => { new socket.constructor().connect(25); })`:                     "module net*",
		`const c = require('child_process').spawn('ls'); new c.stdout.constructor().connect(80)`:                                      "module net*",
		`const a = new (require('http').Agent)(); a.createConnection({ port: 80 })`:                                                   "call http.Agent.createConnection",
		`const k = Symbol.for('undici.globalDispatcher.1'); new (globalThis[k].constructor)().request({ path: '/' })`:                 "module undici*",
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

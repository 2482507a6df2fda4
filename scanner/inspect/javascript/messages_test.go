package javascript

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
	"plugvet/scanner/inspect/script"
)

// What one thread or process sends, another has; and the files of both say that they are
// to be read together.
func TestWhatThreadsAndProcessesSendIsKnown(t *testing.T) {
	const threads = "const { Worker, MessageChannel, BroadcastChannel, isMainThread, parentPort, workerData, setEnvironmentData, getEnvironmentData, receiveMessageOnPort, SHARE_ENV } = require('node:worker_threads'); "
	const start = threads + "const path = require('path'); const w = new Worker(path.join(__dirname, 'x.js')); "
	const fork = "const c = require('child_process').fork(require.resolve('./x.js')); "
	const spawned = "const { fork } = require('child_process'); "
	for name, c := range map[string][2]string{
		"to a thread":            {start + "w.postMessage({ lib: ['child', 'process'] })", threads + "parentPort.on('message', ({ lib }) => require(lib.join('_')).exec('x'))"},
		"in pieces":              {start + "for (const s of ['child', '_', 'process']) w.postMessage(s); w.postMessage(null)", threads + "let all = ''; parentPort.on('message', (s) => { if (s === null) require(all); else all += s; })"},
		"from a thread":          {start + "w.on('message', ({ lib }) => require(lib.join('_')))", threads + "parentPort.postMessage({ lib: ['child', 'process'] })"},
		"there and back":         {start + "w.on('message', (n) => require(n)); w.postMessage(['child', 'process'])", threads + "parentPort.on('message', (a) => parentPort.postMessage(a.join('_')))"},
		"a waiting thread":       {start + "w.postMessage('child_')", "const { once } = require('events'); " + threads + "(async () => { const [n] = await once(parentPort, 'message'); require(n + 'process'); })()"},
		"a late listener":        {start + "w.postMessage('child_'); w.postMessage('process')", threads + "let all = ''; setTimeout(() => parentPort.on('message', (n) => { all += n; if (all.length > 8) import(all); }), 100)"},
		"a module's thread":      {"import { Worker } from 'worker_threads'; new Worker(new URL('./x.js', import.meta.url)).postMessage(['child', 'process'])", "import { parentPort } from 'worker_threads'; parentPort.onmessage = ({ data }) => import(data.join('_'));"},
		"workerData":             {threads + "new Worker(__dirname + '/x.js', { workerData: ['child', 'process'] })", threads + "require(workerData.join('_'))"},
		"imported workerData":    {"import { Worker } from 'worker_threads'; new Worker(new URL('x.js', import.meta.url), { workerData: { n: ['child', 'process'] } })", "import { workerData } from 'worker_threads'; import(workerData.n.join('_'))"},
		"two of a file":          {threads + "for (const s of ['child_', 'process']) new Worker(__dirname + '/x.js', { workerData: s }).on('message', add); let all = ''; function add(s) { all += s; if (all.length > 12) require(all); }", threads + "parentPort.postMessage(workerData)"},
		"a pool":                 {"import { Worker } from 'worker_threads'; const run = (s) => new Promise((ok) => new Worker(new URL('./x.js', import.meta.url), { workerData: s }).once('message', ok)); const all = await Promise.all(['ssecorp', 'dlihc'].map(run)); await import(all.reverse().join('_'));", "import { parentPort, workerData } from 'worker_threads'; parentPort.postMessage([...workerData].reverse().join(''));"},
		"arguments of a thread":  {threads + "new Worker(__dirname + '/x.js', { argv: ['child', 'process'] })", "require(process.argv.slice(2).join('_'))"},
		"its environment":        {threads + "new Worker(__dirname + '/x.js', { env: { KIT: ['child', 'process'].join('_') } })", "require(process.env.KIT)"},
		"a shared environment":   {threads + "const w = new Worker(__dirname + '/x.js', { env: SHARE_ENV }); w.on('exit', () => require(process.env.KIT))", "process.env.KIT = ['child', 'process'].join('_')"},
		"data for all threads":   {"const { setEnvironmentData: set } = require('worker_threads'); set('kit', ['child', 'process']); " + start, threads + "require(getEnvironmentData('kit').join('_'))"},
		"a port":                 {start + "const { port1, port2 } = new MessageChannel(); w.postMessage({ port: port2 }, [port2]); port1.postMessage(['child', 'process'])", threads + "parentPort.once('message', ({ port }) => port.on('message', (a) => require(a.join('_'))))"},
		"a port that is asked":   {start + "const { port1, port2 } = new MessageChannel(); w.postMessage({ port: port2 }, [port2]); port1.postMessage(['child', 'process'])", threads + "parentPort.once('message', ({ port }) => setInterval(() => { const got = receiveMessageOnPort(port); if (got) require(got.message.join('_')); }, 10))"},
		"a port from a thread":   {start + "w.on('message', (port) => { port.onmessage = (e) => require(e.data); port.postMessage('child') })", threads + "const { port1, port2 } = new MessageChannel(); port1.on('message', (s) => port1.postMessage(s + '_process')); parentPort.postMessage(port2, [port2])"},
		"a channel":              {start + "const b = new BroadcastChannel('kit'); b.onmessage = ({ data }) => { if (data.ready) for (const s of ['child_', 'process']) b.postMessage({ s }); }", threads + "const b = new BroadcastChannel('kit'), all = []; b.onmessage = ({ data }) => { if (all.push(data.s) === 2) require(all.join('')); }; b.postMessage({ ready: true })"},
		"a global channel":       {start + "new globalThis.BroadcastChannel('kit').postMessage(['child', 'process'])", "new BroadcastChannel('kit').addEventListener('message', (e) => require(e.data.join('_')))"},
		"a class of threads":     {threads + "class Job extends Worker { constructor(file) { super(file); this.on('message', (s) => this.take(s)); } take(s) { require(s.join('_')); } } new Job(__dirname + '/x.js')", threads + "parentPort.postMessage(['child', 'process'])"},
		"to a process":           {fork + "c.send({ lib: ['child', 'process'] })", "process.on('message', ({ lib }) => require(lib.join('_')))"},
		"from a process":         {fork + "c.on('message', (a) => require(a.join('_')))", "process.send(['child', 'process'])"},
		"processes that talk":    {fork + "c.on('message', (m) => { if (m.ready) c.send(['child', 'process']) })", "process.once('message', (a) => require(a.join('_'))); process.send({ ready: true })"},
		"arguments of a process": {spawned + "fork(__dirname + '/x.js', ['child', 'process'])", "const [, , ...rest] = process.argv; require(rest.join('_'))"},
		"variables of a process": {spawned + "fork(__dirname + '/x.js', [], { env: { ...process.env, KIT_A: 'child', KIT_B: 'process' } })", "const { KIT_A, KIT_B } = process.env; require(KIT_A + '_' + KIT_B)"},
		"a program":              {fork + "c.send({ run: 'osa' + 'script', with: ['-e', 'x'] })", "process.on('message', (m) => require('child_process').execFile(m.run, m.with))"},
	} {
		index, other := Read([]byte(c[0])), Read([]byte(c[1]))
		if index.Open&script.OpenToFiles == 0 && other.Open&script.OpenToCallers == 0 {
			t.Errorf("%s: none of them is open", name)
		}
		if !strings.Contains(uses(index), "module ./x") {
			t.Errorf("%s: the other file is not loaded by %s", name, uses(index))
		}
		want := "module child_process*"
		if name == "a program" {
			want = "call start:osascript*"
		}
		if got := uses(readWith(c[0], loads{{"./x.js": 1, "./x": 1}}, "x.js", c[1])); !strings.Contains(got, want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// So it is where both are in one file, or the one is a text in the other.
func TestWhatAScriptSendsToItselfIsKnown(t *testing.T) {
	const threads = "const { Worker, MessageChannel, isMainThread, parentPort, workerData, receiveMessageOnPort } = require('worker_threads'); "
	const inner = "const { parentPort } = require(\"worker_threads\"); "
	for name, src := range map[string]string{
		"the same file":           threads + "if (isMainThread) new Worker(__filename).postMessage(['child', 'process']); else parentPort.once('message', (a) => require(a.join('_')))",
		"a process of it":         "if (process.send) process.on('message', (a) => require(a.join('_'))); else require('child_process').fork(__filename).send(['child', 'process'])",
		"a cluster":               "const cluster = require('cluster'); if (cluster.isPrimary) cluster.fork().send(['child', 'process']); else process.on('message', (a) => require(a.join('_')))",
		"from a cluster":          "const cluster = require('cluster'); if (cluster.isPrimary) { cluster.fork(); cluster.on('message', (w, a) => require(a.join('_'))); } else process.send(['child', 'process'])",
		"workers of a cluster":    "const cluster = require('cluster'); if (cluster.isMaster) { cluster.fork(); for (const id in cluster.workers) cluster.workers[id].send(['child', 'process']); } else cluster.worker.on('message', (a) => require(a.join('_')))",
		"code":                    threads + "new Worker('" + inner + "parentPort.on(\"message\", (a) => require(a.join(\"_\")))', { eval: true }).postMessage(['child', 'process'])",
		"code that answers":       threads + "new Worker(`" + inner + "parentPort.postMessage([\"child\", \"process\"])`, { eval: true }).on('message', (a) => require(a.join('_')))",
		"an address":              threads + "const code = (s) => `import { parentPort } from 'worker_threads'; parentPort.on('message', (a) => import(a.join('${s}')));`; new Worker(new URL('data:text/javascript,' + encodeURIComponent(code('_')))).postMessage(['child', 'process'])",
		"base64":                  threads + "new Worker(new URL('data:text/javascript;base64,' + btoa(`import { parentPort } from 'worker_threads'; parentPort.on('message', (a) => import(a.join('_')))`))).postMessage(['child', 'process'])",
		"a function":              threads + "function run() { const { parentPort: p } = require('worker_threads'); p.on('message', ({ port }) => port.on('message', (a) => require(a.join('_')))); } const w = new Worker(`(${run})()`, { eval: true }), { port1, port2 } = new MessageChannel(); w.postMessage({ port: port1 }, [port1]); port2.postMessage(['child', 'process'])",
		"a port that is asked":    threads + "const { port1, port2 } = new MessageChannel(); for (const s of ['child_', 'process']) port1.postMessage(s); let all = '', m; while ((m = receiveMessageOnPort(port2))) all += m.message; require(all)",
		"a global port":           "const { port1, port2 } = new MessageChannel(); port2.onmessage = ({ data: [a, b] }) => require(a + b); port1.postMessage(['child_', 'process'])",
		"a message for a thread":  "const { postMessageToThread } = require('worker_threads'); process.on('workerMessage', (a, from) => require(a.join('_'))); postMessageToThread(0, ['child', 'process'])",
		"what a message asks for": threads + "const { port1, port2 } = new MessageChannel(); port1.on('message', (i) => port1.postMessage(['child_', 'process'][i])); let all = '', i = 0; port2.on('message', (s) => { all += s; if (++i === 2) require(all); else port2.postMessage(i); }); port2.postMessage(0)",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module child_process*") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Threads that are made of texts may be made in those, and talk without end.
func TestHostileThreadsEnd(t *testing.T) {
	inner := "parentPort.on('message', (m) => { parentPort.postMessage(m + 1); parentPort.postMessage(m + m); })"
	for range 8 {
		quoted, _ := json.Marshal(inner)
		inner = "const { Worker, parentPort, workerData } = require('worker_threads'); const s = " + string(quoted) + "; for (const i of [1, 2, 3]) { const w = new Worker(s + ' //' + i, { eval: true, workerData: s }); w.on('message', (m) => w.postMessage(m)); w.postMessage('a'); } parentPort.on('message', (m) => parentPort.postMessage(m)); require(workerData.a)"
	}
	before := cputime.Used()
	Read([]byte(inner))
	if spent := cputime.Used() - before; spent > 2*time.Second {
		t.Error(spent, len(inner))
	}
}

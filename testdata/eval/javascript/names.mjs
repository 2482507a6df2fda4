// The names that labels go by, from the semantics in README.md.

const networkModules =
	'http https http2 dns dns/promises undici axios node-fetch cross-fetch got ky request superagent needle follow-redirects ws'

// A module and the capability that loading it gives, without "node:".
export const modules = new Map([
	...['net', 'dgram', 'tls'].map((name) => [name, 'socket']),
	...networkModules.split(' ').map((name) => [name, 'network']),
	['child_process', 'exec'],
])

// What process.binding and internalBinding lead to.
export const bindings = new Map([
	...['tcp_wrap', 'udp_wrap', 'tls_wrap', 'pipe_wrap'].map((name) => [name, 'socket']),
	['spawn_sync', 'exec'],
	['process_wrap', 'exec'],
])

// The calls of other runtimes.
export const runtimes = new Map([
	['Bun.connect', 'socket'],
	['Bun.listen', 'socket'],
	['Deno.connect', 'socket'],
	['Deno.listen', 'socket'],
	['Bun.spawn', 'exec'],
	['Bun.spawnSync', 'exec'],
	['Deno.Command', 'exec'],
	['Deno.run', 'exec'],
])

// Packages that run AppleScript or JXA.
export const applescriptWrappers = new Set(
	`run-applescript run-jxa applescript osascript node-osascript osascript-promise osa-imessage osa2 osa node-osa
	apple-script applescript-promise exec-applescript node-applescript @jxa/run @jxa/repl jxa`.split(/\s+/),
)

// Packages that start programs and are not exec by themselves.
export const runners = new Set(
	'execa cross-spawn nano-spawn tinyexec shelljs zx spawn-rx async-child-process @npmcli/promise-spawn @expo/spawn-async teen_process'.split(' '),
)

// The command, alone or in a line that a shell would run. \0 stands for a part
// that is not constant.
export const commandLine = /^(\/usr\/bin\/)?osascript$|(^|[\s;&|(`'"$\0])(\/usr\/bin\/)?osascript['"]?\s+(-[a-z]\b|-?['"$<\0]|\S+\.(scpt|applescript|js)\b)/

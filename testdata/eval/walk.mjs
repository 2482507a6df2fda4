// Lists the files of the corpus that are labelled, by language, into
// native.list, javascript.list and php.list of a directory:
//
//   node walk.mjs CORPUS OUT
//
// It walks the corpus itself: a file that plugvet never came to is in the lists
// all the same, and shows as a disagreement. Native code counts wherever a
// server would load it, JavaScript below node_modules and PHP below srv/php;
// no server runs the scripts of a web page.
import fs from 'node:fs'
import path from 'node:path'

const [corpus, out] = process.argv.slice(2)
const javascript = /\.([cm]?[jt]s|[jt]sx)$/i
const declaration = /\.d\.[cm]?ts$/i
const php = /\.(php[3-8]?|phtml|inc)$/i
const modules = /^usr\/lib\/(nginx\/modules|php\/20\d+|apache2\/modules)\/[^/]+$/
const lists = { native: [], javascript: [], php: [] }

// language tells which labeller a file is for, or nothing.
function language(name, file) {
	const node = name.includes('node_modules/')
	const server = name.startsWith('srv/php/')
	if (!node && !server && !modules.test(name)) return
	const head = firstBytes(file)
	if (head.length === 0) return
	if (isNative(head)) return 'native'
	if (server && php.test(name) && fs.readFileSync(file).includes('<?')) return 'php'
	if (!node || declaration.test(name)) return
	if (javascript.test(name)) return 'javascript'
	const shebang = path.extname(name) === '' && /^#!\s*(\S*\/)?(env\s+(-S\s+)?)?(\S*\/)?node(js)?\s/.test(head.toString('latin1'))
	return shebang ? 'javascript' : undefined
}

function firstBytes(file) {
	const buffer = Buffer.alloc(128)
	const fd = fs.openSync(file, 'r')
	try {
		return buffer.subarray(0, fs.readSync(fd, buffer, 0, buffer.length, 0))
	} finally {
		fs.closeSync(fd)
	}
}

// isNative knows ELF and Mach-O. A universal binary begins like a Java class,
// whose version would be an absurd number of architectures.
function isNative(head) {
	if (head.length < 8) return false
	const magic = head.readUInt32BE(0)
	if ([0x7f454c46, 0xfeedface, 0xcefaedfe, 0xfeedfacf, 0xcffaedfe].includes(magic)) return true
	return [0xcafebabe, 0xcafebabf].includes(magic) && head.readUInt32BE(4) < 30
}

function walk(dir) {
	const entries = fs.readdirSync(path.join(corpus, dir), { withFileTypes: true })
	for (const entry of entries) {
		const name = dir === '' ? entry.name : `${dir}/${entry.name}`
		if (entry.isDirectory()) walk(name)
		if (!entry.isFile()) continue
		const kind = language(name, path.join(corpus, name))
		if (kind) lists[kind].push(name)
	}
}

walk('')
for (const [kind, names] of Object.entries(lists)) {
	names.sort()
	fs.writeFileSync(path.join(out, `${kind}.list`), names.map((name) => name + '\n').join(''))
	console.log(`eval: ${names.length} files of ${kind} to label`)
}

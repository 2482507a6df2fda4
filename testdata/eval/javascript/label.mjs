// Labels JavaScript and TypeScript by the syntax tree that the TypeScript
// compiler makes of a file, and by the scopes that its binder finds:
//
//   node label.mjs CORPUS LIST [PART/PARTS] >javascript.tsv
//
// A line "path, -" for each file of LIST (or for every PARTS-th of them), and a
// line "path, capability, line, reason" for each capability, with tabs. README.md
// says what each label means.
import fs from 'node:fs'
import path from 'node:path'
import { Constants } from './constants.mjs'
import { applescriptWrappers, bindings, commandLine, modules, runners, runtimes } from './names.mjs'
import { Scopes, ts } from './scopes.mjs'

const { SyntaxKind } = ts

class Labeller {
	constructor(name, text) {
		this.mayRun = text.includes('osa') // the beginning of osascript, of which disguises need not be known here
		this.scopes = new Scopes(name, text)
		this.constants = new Constants(this.scopes)
		this.labels = new Map()
		this.commands = [] // string constants that run osascript
		this.starts = false // a runner other than child_process is loaded
	}

	run() {
		this.scopes.each((node) => this.visit(node))
		if (this.labels.has('exec') || this.starts) {
			for (const node of this.commands) this.label('applescript', node, 'names osascript and starts programs')
		}
		return this.labels
	}

	label(capability, node, reason) {
		if (!this.labels.has(capability)) this.labels.set(capability, { line: this.scopes.line(node), reason })
	}

	visit(node) {
		switch (node.kind) {
			case SyntaxKind.ImportDeclaration:
				if (loads(node.importClause, node.importClause?.namedBindings)) this.module(node.moduleSpecifier, 'import')
				break
			case SyntaxKind.ExportDeclaration:
				if (node.moduleSpecifier && loads(node, node.exportClause)) this.module(node.moduleSpecifier, 'export from')
				break
			case SyntaxKind.ExternalModuleReference:
				if (!node.parent.isTypeOnly) this.module(node.expression, 'import = require')
				break
			case SyntaxKind.CallExpression:
				this.call(node)
				break
			case SyntaxKind.NewExpression:
				this.construct(node)
				break
			case SyntaxKind.StringLiteral:
			case SyntaxKind.NoSubstitutionTemplateLiteral:
			case SyntaxKind.TemplateExpression:
			case SyntaxKind.BinaryExpression:
				this.string(node)
		}
	}

	// module labels what loading a module gives.
	module(node, how) {
		for (const value of this.constants.of(node)) {
			const name = value.replace(/^node:/, '')
			const capability = modules.get(name)
			if (capability) this.label(capability, node, `${how} '${value}'`)
			if (applescriptWrappers.has(value)) this.label('applescript', node, `${how} '${value}'`)
			if (runners.has(value)) this.starts = true
		}
	}

	call(node) {
		const callee = strip(node.expression)
		const argument = node.arguments[0]
		if (callee.kind === SyntaxKind.ImportKeyword) {
			if (argument) this.module(argument, 'import()')
			return
		}
		if (argument && mayLoad(argument) && this.scopes.isRequire(callee)) this.module(argument, 'require')
		if (alternatives(callee).some((one) => this.isFree(one, 'fetch'))) this.label('network', node, 'fetch()')
		if (ts.isIdentifier(callee)) {
			if (callee.text === 'internalBinding' && argument) this.binding(argument)
			return
		}
		const property = this.constants.property(callee)
		if (property === undefined) return
		const object = strip(callee.expression)
		switch (property) {
			case 'require':
			case '_load':
			case 'getBuiltinModule':
				if (argument) this.module(argument, property)
				break
			case 'binding':
				if (argument) this.binding(argument)
				break
			case 'fetch':
				if (this.scopes.isGlobalObject(object)) this.label('network', node, 'fetch()')
				break
			case 'import':
				if (this.isFree(object, 'ObjC')) this.label('applescript', node, 'ObjC.import')
				break
			case 'currentApplication':
				if (this.isFree(object, 'Application')) this.label('applescript', node, 'Application.currentApplication')
				break
			case 'map':
			case 'forEach':
				// ['net', 'tls'].map(require)
				if (argument && this.scopes.isRequire(strip(argument)) && ts.isArrayLiteralExpression(object)) {
					for (const element of object.elements) this.module(element, 'map(require)')
				}
		}
		this.runtime(node, object, property)
	}

	construct(node) {
		const callee = strip(node.expression)
		if (ts.isIdentifier(callee)) {
			if (/^(WebSocket|EventSource|XMLHttpRequest)$/.test(callee.text) && this.scopes.isGlobal(callee)) {
				this.label('network', node, `new ${callee.text}`)
			}
			return
		}
		const property = this.constants.property(callee)
		if (property === undefined) return
		const object = strip(callee.expression)
		if (/^(WebSocket|EventSource|XMLHttpRequest)$/.test(property) && this.scopes.isGlobalObject(object)) {
			this.label('network', node, `new ${property}`)
		}
		this.runtime(node, object, property)
	}

	// runtime knows the calls of Bun and Deno.
	runtime(node, object, property) {
		if (!ts.isIdentifier(object) || !this.scopes.isGlobal(object)) return
		const capability = runtimes.get(`${object.text}.${property}`)
		if (capability) this.label(capability, node, `${object.text}.${property}`)
	}

	binding(argument) {
		for (const value of this.constants.of(argument)) {
			const capability = bindings.get(value)
			if (capability) this.label(capability, argument, `binding('${value}')`)
		}
	}

	isFree(node, name) {
		return ts.isIdentifier(node) && node.text === name && this.scopes.isGlobal(node)
	}

	// string remembers a constant that is a command which runs osascript.
	string(node) {
		if (!this.mayRun || isPartOfString(node)) return
		const values = this.constants.of(node)
		if (values.some((value) => commandLine.test(value)) && !isShown(node) && !isListed(node, this.constants)) {
			this.commands.push(node)
		}
	}
}

// loads reports whether an import or export is more than types.
function loads(clause, names) {
	if (!clause) return true
	if (clause.isTypeOnly || clause.phaseModifier === SyntaxKind.TypeKeyword) return false
	if (clause.name && clause.kind === SyntaxKind.ImportClause) return true
	if (!names || !names.elements || names.elements.length === 0) return true
	return names.elements.some((element) => !element.isTypeOnly)
}

// mayLoad says at little cost that a constant is no module of interest.
function mayLoad(argument) {
	if (!ts.isStringLiteralLike(argument)) return !ts.isNumericLiteral(argument) && !ts.isObjectLiteralExpression(argument) && !ts.isFunctionLike(argument)
	return modules.has(argument.text.replace(/^node:/, '')) || applescriptWrappers.has(argument.text) || runners.has(argument.text)
}

// strip takes parentheses, "(0, f)" and the like from a callee.
export function strip(node) {
	for (;;) {
		if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) node = node.expression
		else if (ts.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.CommaToken) node = node.right
		else return node
	}
}

// alternatives are the functions that "(a ?? b)(…)" may call, or the one that is.
function alternatives(callee) {
	const either = ts.isBinaryExpression(callee) && [SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken].includes(callee.operatorToken.kind)
	return either ? [callee.left, callee.right].map(strip) : [callee]
}

// isPartOfString holds for the parts of a concatenation, which is looked at as a
// whole, and for what is no value of the program.
function isPartOfString(node) {
	if (ts.isBinaryExpression(node)) {
		if (node.operatorToken.kind !== SyntaxKind.PlusToken) return true
	}
	const parent = node.parent
	if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.PlusToken) return true
	return ts.isLiteralTypeNode(parent) || (ts.isPropertyAssignment(parent) && parent.name === node) || ts.isExpressionStatement(parent)
}

// isShown holds for text that goes to people: console.log, errors, help.
function isShown(node) {
	const parent = node.parent
	if (!parent.arguments?.includes(node)) return false
	const callee = strip(parent.expression)
	const name = callee.name?.text ?? callee.text ?? ''
	if (ts.isNewExpression(parent)) return /Error$/.test(name)
	const object = callee.expression && ts.isIdentifier(callee.expression) ? callee.expression.text : ''
	return object === 'console' || /^(log|warn|error|info|debug|describe|it|test|description|Error)$/.test(name)
}

// isListed holds for a name among names: an element of a list that is no
// command's list of arguments.
function isListed(node, constants) {
	const list = node.parent
	if (!ts.isArrayLiteralExpression(list)) return false
	const next = list.elements[list.elements.indexOf(node) + 1]
	if (!next) return list.elements.length > 1
	const values = constants.of(next)
	return values.length > 0 && !values.some((value) => value.startsWith('-'))
}

const [corpus, list, share = '1/1'] = process.argv.slice(2)
const [part, parts] = share.split('/').map(Number)
const names = fs.readFileSync(list, 'utf8').split('\n').filter(Boolean)
const out = []
for (let i = part - 1; i < names.length; i += parts) {
	const name = names[i]
	out.push(`${name}\t-`)
	let labels
	try {
		labels = new Labeller(name, decode(fs.readFileSync(path.join(corpus, name)))).run()
	} catch (error) {
		if (!(error instanceof RangeError)) throw error
		out.push(`${name}\t!\t0\tthe labeller ran out of stack`)
		continue
	}
	for (const [capability, { line, reason }] of labels) out.push([name, capability, line, reason.replace(/\s+/g, ' ').slice(0, 120)].join('\t'))
	if (out.length > 1000) flush()
}
flush()

function flush() {
	if (out.length > 0) fs.writeSync(1, out.splice(0).join('\n') + '\n')
}

// decode reads UTF-8, or UTF-16 where a byte order mark says so.
function decode(bytes) {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2)
	return bytes.toString('utf8')
}

// A file's syntax tree, and what its names stand for: the scopes are those of
// the TypeScript compiler's own binder.
import { createRequire } from 'node:module'

// The compiler lies in build/eval/tool, where javascript.sh installs it.
export const ts = createRequire(process.env.EVAL_TOOL + '/')('typescript')

const kinds = [
	[/\.[cm]?ts$/i, ts.ScriptKind.TS],
	[/\.tsx$/i, ts.ScriptKind.TSX],
]
const globalObjects = new Set(['globalThis', 'window', 'self', 'global'])
const requireName = /^_*(node|raw|native|commonjs|non_webpack|original)*_?require(_+|\d*|\$\d+)$/i

export class Scopes {
	constructor(name, text) {
		const kind = kinds.find(([suffix]) => suffix.test(name))?.[1] ?? ts.ScriptKind.JSX
		this.file = ts.createSourceFile(
			name,
			text,
			{ languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
			true,
			kind,
		)
		this.requires = new Map() // memo: symbol, and whether it is a require
	}

	line(node) {
		return this.file.getLineAndCharacterOfPosition(node.getStart(this.file)).line + 1
	}

	// each visits every node but types, without recursion: bundles nest deep.
	each(visit) {
		const stack = [this.file]
		while (stack.length > 0) {
			const node = stack.pop()
			visit(node)
			const children = []
			ts.forEachChild(node, (child) => {
				if (!ts.isTypeNode(child) || ts.isExpressionWithTypeArguments(child)) children.push(child)
			})
			while (children.length > 0) stack.push(children.pop())
		}
	}

	// symbol is what a name stands for where it is used; undefined for a global.
	symbol(identifier) {
		if (!this.bound) {
			ts.bindSourceFile(this.file, {})
			this.bound = true
		}
		const name = identifier.escapedText
		for (let node = identifier.parent; node; node = node.parent) {
			const found = node.locals?.get(name)
			if (found && found.declarations?.some((d) => !ts.isInterfaceDeclaration(d) && !ts.isTypeAliasDeclaration(d) && !isAmbient(d))) return found
			// The name of a function or class expression holds inside it.
			if ((ts.isFunctionExpression(node) || ts.isClassExpression(node)) && node.name?.escapedText === name) return node.symbol
		}
		return undefined
	}

	isGlobal(identifier) {
		return this.symbol(identifier) === undefined
	}

	isGlobalObject(node) {
		return ts.isIdentifier(node) && globalObjects.has(node.text) && this.isGlobal(node)
	}

	// values are the expressions that a variable is ever given, or undefined
	// where not all of them are known.
	values(symbol) {
		const declarations = symbol.declarations ?? []
		const found = []
		for (const declaration of declarations) {
			if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined
			const loop = declaration.parent.parent
			if (ts.isForOfStatement(loop) && loop.initializer === declaration.parent && ts.isArrayLiteralExpression(loop.expression)) {
				found.push(...loop.expression.elements)
				continue
			}
			if (ts.isForOfStatement(loop) || ts.isForInStatement(loop)) return undefined
			if (declaration.initializer) found.push(declaration.initializer)
		}
		this.assignments ??= this.readAssignments()
		for (const node of this.assignments.get(symbol.escapedName) ?? []) {
			if (this.symbol(node.left) !== symbol) continue
			found.push(node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? node.right : node)
		}
		return found
	}

	// readAssignments maps a name to the assignments to variables of that name.
	readAssignments() {
		const assigned = new Map()
		this.each((node) => {
			if (node.kind !== ts.SyntaxKind.BinaryExpression || node.left.kind !== ts.SyntaxKind.Identifier) return
			if (node.operatorToken.kind < ts.SyntaxKind.FirstAssignment || node.operatorToken.kind > ts.SyntaxKind.LastAssignment) return
			const name = node.left.escapedText
			if (!assigned.has(name)) assigned.set(name, [])
			assigned.get(name).push(node)
		})
		return assigned
	}

	// isRequire reports whether an expression is Node's require, or what a bundler
	// or a script made of it.
	isRequire(node, depth = 0) {
		if (depth > 8) return false
		if (ts.isIdentifier(node)) {
			if (requireName.test(node.text)) return true
			const symbol = this.symbol(node)
			if (!symbol) return false
			if (!this.requires.has(symbol)) {
				this.requires.set(symbol, false) // for what refers to itself
				const declared = symbol.declarations?.filter(ts.isFunctionDeclaration) ?? []
				this.requires.set(symbol, [...declared, ...(this.values(symbol) ?? [])].some((value) => this.makesRequire(value, depth + 1)))
			}
			return this.requires.get(symbol)
		}
		return this.makesRequire(node, depth + 1)
	}

	// makesRequire knows the expressions that come to a require.
	makesRequire(node, depth) {
		if (depth > 8) return false
		const again = (child) => this.isRequire(child, depth + 1)
		switch (node.kind) {
			case ts.SyntaxKind.ParenthesizedExpression:
			case ts.SyntaxKind.AsExpression:
			case ts.SyntaxKind.NonNullExpression:
				return again(node.expression)
			case ts.SyntaxKind.Identifier:
				return this.isRequire(node, depth)
			case ts.SyntaxKind.ConditionalExpression:
				return again(node.whenTrue) || again(node.whenFalse)
			case ts.SyntaxKind.BinaryExpression:
				return [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.EqualsToken, ts.SyntaxKind.CommaToken]
					.includes(node.operatorToken.kind) && (again(node.right) || (node.operatorToken.kind !== ts.SyntaxKind.CommaToken && again(node.left)))
			case ts.SyntaxKind.PropertyAccessExpression:
				return node.name.text === 'require' || node.name.text === '_load'
			case ts.SyntaxKind.CallExpression:
				return this.returnsRequire(node, depth)
			case ts.SyntaxKind.FunctionDeclaration:
			case ts.SyntaxKind.FunctionExpression:
			case ts.SyntaxKind.ArrowFunction:
				return this.passesOn(node, depth)
		}
		return false
	}

	// returnsRequire: createRequire(…), require.bind(…), eval('require'), and the
	// helper of esbuild, a call whose argument is a function that calls require.
	returnsRequire(node, depth) {
		const callee = node.expression
		const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : ''
		if (/^createRequire(FromPath)?$/.test(name) || this.isCreateRequire(callee)) return true
		if (name === 'bind' && ts.isPropertyAccessExpression(callee)) return this.isRequire(callee.expression, depth + 1)
		if (node.arguments.some((a) => ts.isStringLiteralLike(a) && /^(return )?require$/.test(a.text))) return true
		// (x => typeof require < "u" ? require : …)(function (x) { … require … })
		const inner = ts.isParenthesizedExpression(callee) ? callee.expression : callee
		if (!ts.isArrowFunction(inner) && !ts.isFunctionExpression(inner)) return false
		return !ts.isBlock(inner.body) && this.makesRequire(inner.body, depth + 1)
	}

	// isCreateRequire follows import { createRequire as c } and const { createRequire: c } = ….
	isCreateRequire(callee) {
		if (!ts.isIdentifier(callee)) return false
		return (this.symbol(callee)?.declarations ?? []).some(
			(d) => (ts.isImportSpecifier(d) || ts.isBindingElement(d)) && d.propertyName?.text === 'createRequire',
		)
	}

	// passesOn reports whether a function gives its first parameter to require.
	passesOn(fn, depth) {
		const parameter = fn.parameters[0]
		if (!fn.body || !parameter || !ts.isIdentifier(parameter.name) || fn.getWidth?.() > 2000) return false
		let found = false
		const look = (node) => {
			if (found) return
			if (ts.isCallExpression(node) && node.arguments.length > 0 && ts.isIdentifier(node.arguments[0]) &&
				node.arguments[0].escapedText === parameter.name.escapedText && this.symbol(node.arguments[0])?.valueDeclaration === parameter) {
				const callee = node.expression
				const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ''
				found = name === 'require' || (ts.isIdentifier(callee) && this.isRequire(callee, depth + 1))
			}
			ts.forEachChild(node, look)
		}
		look(fn.body)
		return found
	}
}

// isAmbient holds for "declare const fetch", which declares what is elsewhere.
function isAmbient(declaration) {
	for (let node = declaration; node && !ts.isSourceFile(node); node = node.parent) {
		if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DeclareKeyword)) return true
	}
	return false
}

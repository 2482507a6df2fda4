// What an expression comes to, where the file alone says it: strings joined,
// constants that are given once, and the arms of a condition.
import { ts } from './scopes.mjs'

const maxValues = 16
const maxDepth = 40
const hole = '\0' // stands for the part of a string that is not constant

export class Constants {
	constructor(scopes) {
		this.scopes = scopes
	}

	// of returns every string that the expression may be, or none.
	of(node) {
		return this.fold(node, 0).filter((value) => value !== hole)
	}

	// property is the name in a.b, a['b'] or a['b' + 'c'].
	property(node) {
		if (ts.isPropertyAccessExpression(node)) return node.name.text
		if (ts.isElementAccessExpression(node)) return this.of(node.argumentExpression)[0]
		return undefined
	}

	// fold never returns an empty list: hole is what is not known.
	fold(node, depth) {
		if (!node || depth > maxDepth) return [hole]
		if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [node.text]
		if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node)) {
			return this.fold(node.expression, depth + 1)
		}
		if (ts.isTemplateExpression(node)) {
			let values = [node.head.text]
			for (const span of node.templateSpans) {
				values = join(join(values, this.fold(span.expression, depth + 1)), [span.literal.text])
			}
			return values
		}
		if (ts.isBinaryExpression(node)) return this.binary(node, depth)
		if (ts.isConditionalExpression(node)) {
			return [...this.fold(node.whenTrue, depth + 1), ...this.fold(node.whenFalse, depth + 1)].slice(0, maxValues)
		}
		if (ts.isIdentifier(node)) {
			const symbol = this.scopes.symbol(node)
			const values = symbol && this.scopes.values(symbol)
			if (!values || values.length === 0 || values.length > maxValues) return [hole]
			return values.flatMap((value) => this.fold(value, depth + 10)).slice(0, maxValues)
		}
		if (ts.isCallExpression(node)) return this.call(node, depth)
		return [hole]
	}

	binary(node, depth) {
		switch (node.operatorToken.kind) {
			case ts.SyntaxKind.PlusToken: {
				// A long sum leans to the left: no recursion along it.
				const terms = []
				let sum = node
				for (; ts.isBinaryExpression(sum) && sum.operatorToken.kind === ts.SyntaxKind.PlusToken; sum = sum.left) terms.push(sum.right)
				if (terms.length > 1000) return [hole]
				return terms.reverse().reduce((values, term) => join(values, this.fold(term, depth + 1)), this.fold(sum, depth + 1))
			}
			case ts.SyntaxKind.BarBarToken:
			case ts.SyntaxKind.QuestionQuestionToken:
				return [...this.fold(node.left, depth + 1), ...this.fold(node.right, depth + 1)].slice(0, maxValues)
			case ts.SyntaxKind.CommaToken:
				return this.fold(node.right, depth + 1)
		}
		return [hole]
	}

	// call knows [..].join(''), 'a'.concat('b') and String.fromCharCode(…).
	call(node, depth) {
		const callee = node.expression
		if (!ts.isPropertyAccessExpression(callee)) return [hole]
		const fold = (list) => list.reduce((values, item) => join(values, this.fold(item, depth + 1)), [''])
		switch (callee.name.text) {
			case 'join': {
				const separator = node.arguments[0] ? this.fold(node.arguments[0], depth + 1)[0] : ','
				if (!ts.isArrayLiteralExpression(callee.expression) || callee.expression.elements.length > 100 || separator === hole) return [hole]
				const parts = callee.expression.elements.map((item) => this.fold(item, depth + 1)[0])
				return [parts.join(separator)]
			}
			case 'concat':
				return node.arguments.length > 100 ? [hole] : join(this.fold(callee.expression, depth + 1), fold(node.arguments))
			case 'fromCharCode':
				if (!node.arguments.every(ts.isNumericLiteral)) return [hole]
				return [String.fromCharCode(...node.arguments.map((code) => Number(code.text)))]
		}
		return [hole]
	}
}

// join pairs every beginning with every end.
function join(left, right) {
	return left.flatMap((a) => right.map((b) => a + b)).slice(0, maxValues)
}

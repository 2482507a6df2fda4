package php

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// GMP's numbers of any size. One is a text of its decimal digits here, and says that it is
// a number (see value), so that operators compute with it.

const maxBits = 1 << 15 // of a number that is computed

// bigNumber is a value that GMP takes for a number: one of its own, an integer, or a text
// as base 0 has it.
func bigNumber(v value) (*big.Int, bool) {
	if v.kind == intKind {
		return big.NewInt(v.n), true
	}
	if v.kind != stringKind {
		return nil, false
	}
	return bigFrom(v.s, 0)
}

// bigFrom reads the digits of a number.
func bigFrom(s string, base int64) (*big.Int, bool) {
	s = strings.Join(strings.Fields(s), "")
	const longest = maxBits / 3 // digits
	if len(s) > longest || strings.ContainsAny(s, "_+") || base == 1 || base < 0 || base > 62 {
		return nil, false
	}
	digits := strings.TrimPrefix(s, "-")
	prefix := lower(digits[:min(2, len(digits))])
	switch {
	case base == 16 && prefix == "0x", base == 2 && prefix == "0b":
		digits = digits[2:]
	case base == 0 && prefix == "0o": // which is Go's alone
		return nil, false
	case base > 36:
		digits = swapCase(digits)
	}
	n, ok := new(big.Int).SetString(digits, int(base))
	if ok && s != "" && s[0] == '-' {
		n.Neg(n)
	}
	return n, ok
}

// swapCase makes of the digits of Go those of GMP, where letters are digits in both cases.
func swapCase(s string) string {
	return mapBytes(s, func(c byte) byte {
		if isLower(c) || isUpper(c) {
			return c ^ 0x20
		}
		return c
	})
}

// bigValue is a number of GMP.
func bigValue(n *big.Int) value {
	if n == nil || n.BitLen() > maxBits {
		return value{}
	}
	v := stringValue(n.String())
	v.gmp = true
	return v
}

// bigs are the arguments as numbers, and whether they all are.
func bigs(b *script.Budget, a []value, least int) ([]*big.Int, bool) {
	if len(a) < least || len(a) > 8 {
		return nil, false
	}
	out := make([]*big.Int, len(a))
	for i, v := range a {
		n, ok := bigNumber(v)
		if !ok || n.BitLen() > maxBits || !b.Take(32+n.BitLen()/8) {
			return nil, false
		}
		out[i] = n
	}
	return out, true
}

// ofBigs computes a function of GMP for so many numbers.
func ofBigs(count int, f func(n []*big.Int) value) foldFunction {
	return func(b *script.Budget, a []value) value {
		n, ok := bigs(b, a, count)
		if !ok || !b.Take(bigCost(n)) {
			return value{}
		}
		return f(n)
	}
}

// bigCost is about what a product or a quotient takes, in bytes of work.
func bigCost(n []*big.Int) int {
	cost := 1
	for _, x := range n[:min(2, len(n))] {
		cost *= x.BitLen()/64 + 1
	}
	return cost
}

// bigOperation is what an operator, or a function, makes of two numbers; nil for none.
func bigOperation(op tokenKind, x, y *big.Int) *big.Int {
	z := new(big.Int)
	if (op == '/' || op == '%') && y.Sign() == 0 {
		return nil
	}
	small := y.IsInt64() && y.Sign() >= 0
	switch op {
	case '+':
		return z.Add(x, y)
	case '-':
		return z.Sub(x, y)
	case '*':
		return z.Mul(x, y)
	case '/':
		return z.Quo(x, y)
	case '%':
		return z.Mod(x, y)
	case '&':
		return z.And(x, y)
	case '|':
		return z.Or(x, y)
	case '^':
		return z.Xor(x, y)
	case powerToken:
		if small && (x.BitLen() <= 1 || y.Int64() <= int64(maxBits/x.BitLen())) {
			return z.Exp(x, y, nil)
		}
	case shiftLeftToken:
		if small && y.Int64() <= maxBits {
			return z.Lsh(x, uint(y.Int64()))
		}
	case shiftRightToken:
		if small && y.Int64() <= maxBits {
			return z.Rsh(x, uint(y.Int64()))
		}
	}
	return nil
}

// bigBinary is an operator of which one side is a number of GMP.
func (r *reader) bigBinary(op tokenKind, a, b value) value {
	n, ok := bigs(r.budget, []value{a, b}, 2)
	if !ok || !r.budget.Take(bigCost(n)) {
		return value{}
	}
	switch op {
	case '<', '>', lessEqualToken, greaterEqualToken, equalToken, notEqualToken, spaceshipToken:
		c := integerValue(int64(n[0].Cmp(n[1])))
		if op == spaceshipToken {
			return c
		}
		return compare(op, c, integerValue(0))
	}
	return bigValue(bigOperation(op, n[0], n[1]))
}

// bigDivided is a quotient and what is left of it, rounded to zero, up or down.
func bigDivided(x, y *big.Int, rounding int64) (q, rest *big.Int) {
	if y.Sign() == 0 {
		return nil, nil
	}
	const up, down = 1, 2
	q, rest = new(big.Int).QuoRem(x, y, new(big.Int))
	switch inexact, negative := rest.Sign() != 0, rest.Sign()*y.Sign() < 0; {
	case inexact && rounding == up && !negative:
		return q.Add(q, big.NewInt(1)), rest.Sub(rest, y)
	case inexact && rounding == down && negative:
		return q.Sub(q, big.NewInt(1)), rest.Add(rest, y)
	}
	return q, rest
}

// foldBigDivision is gmp_div_q, gmp_div_r or gmp_div_qr.
func foldBigDivision(give func(q, rest *big.Int) value) foldFunction {
	return func(b *script.Budget, a []value) value {
		n, ok := bigs(b, a, 2)
		if !ok || !b.Take(bigCost(n)) {
			return value{}
		}
		rounding := int64(0)
		if len(n) > 2 {
			rounding = n[2].Int64()
		}
		q, rest := bigDivided(n[0], n[1], rounding)
		if q == nil {
			return value{}
		}
		return give(q, rest)
	}
}

func bigList(all ...*big.Int) value {
	out := newArray(len(all))
	for _, n := range all {
		v := bigValue(n)
		if !v.known() {
			return value{}
		}
		out.append(v)
	}
	return out.value()
}

func ofOperator(op tokenKind) foldFunction {
	return ofBigs(2, func(n []*big.Int) value { return bigValue(bigOperation(op, n[0], n[1])) })
}

// GMP_MSW_FIRST and so on: how the words of gmp_import and gmp_export lie.
const (
	lastWordFirst = 2
	bigEndFirst   = 8
)

// inWords makes of the bytes of a number, the highest first, words of a size, and of such
// words those bytes.
func inWords(bytes []byte, size int, flags int64) []byte {
	if flags&lastWordFirst != 0 {
		slices.Reverse(bytes)
	}
	if (flags&lastWordFirst != 0) == (flags&bigEndFirst != 0) { // the bytes of a word lie the other way
		for w := range slices.Chunk(bytes, size) {
			slices.Reverse(w)
		}
	}
	return bytes
}

// wordsAsked are the size of the words and how they lie, where nothing else is said.
func wordsAsked(a []value) (size int, flags int64, ok bool) {
	const longest = 1 << 10
	size, flags = 1, 1|16
	if len(a) > 1 {
		n, known := a[1].number()
		if !known || n < 1 || n > longest {
			return 0, 0, false
		}
		size = int(n)
	}
	if len(a) > 2 {
		flags, ok = a[2].number()
		return size, flags, ok
	}
	return size, flags, true
}

func foldBigExport(b *script.Budget, a []value) value {
	size, flags, ok := wordsAsked(a)
	if !ok || len(a) == 0 {
		return value{}
	}
	n, ok := bigs(b, a[:1], 1)
	if !ok {
		return value{}
	}
	bytes := n[0].Bytes()
	bytes = append(make([]byte, (size-len(bytes)%size)%size), bytes...)
	return stringValue(string(inWords(bytes, size, flags)))
}

func foldBigImport(b *script.Budget, a []value) value {
	size, flags, ok := wordsAsked(a)
	if !ok || len(a) == 0 || a[0].kind != stringKind || len(a[0].s)%size != 0 || len(a[0].s) > maxBits/8 || !b.Take(len(a[0].s)) {
		return value{}
	}
	return bigValue(new(big.Int).SetBytes(inWords([]byte(a[0].s), size, flags)))
}

// foldBigText is gmp_strval.
func foldBigText(b *script.Budget, a []value) value {
	base := int64(10)
	if len(a) > 1 {
		base, _ = a[1].number()
	}
	n, ok := bigs(b, a[:min(1, len(a))], 1)
	upper := base < 0
	if base = max(base, -base); !ok || base < 2 || base > 62 || upper && base > 36 || !b.Take(n[0].BitLen()) {
		return value{}
	}
	text := n[0].Text(int(base))
	switch {
	case upper:
		text = mapBytes(text, upperASCII)
	case base > 36:
		text = swapCase(text)
	}
	return stringValue(text)
}

func foldBigInit(b *script.Budget, a []value) value {
	base := int64(0)
	if len(a) > 1 {
		base, _ = a[1].number()
	}
	if len(a) == 0 || !b.Take(len(a[0].s)) {
		return value{}
	}
	if a[0].kind != stringKind {
		n, ok := bigNumber(a[0])
		if !ok {
			return value{}
		}
		return bigValue(n)
	}
	n, ok := bigFrom(a[0].s, base)
	if !ok {
		return value{}
	}
	return bigValue(n)
}

// foldBigPowerModulo is gmp_powm.
func foldBigPowerModulo(b *script.Budget, a []value) value {
	n, ok := bigs(b, a, 3)
	if !ok {
		return value{}
	}
	return bigValue(bigPowerModulo(b, n[0], n[1], n[2]))
}

func bigPowerModulo(b *script.Budget, base, exponent, modulus *big.Int) *big.Int {
	const most = 4096 // bits
	words := modulus.BitLen()/64 + 1
	if modulus.Sign() == 0 || exponent.Sign() < 0 || modulus.BitLen() > most || exponent.BitLen() > most || !b.Take(exponent.BitLen()*words*words/8) {
		return nil
	}
	return new(big.Int).Exp(base, exponent, new(big.Int).Abs(modulus))
}

// foldBigFactorial is gmp_fact.
func foldBigFactorial(b *script.Budget, a []value) value {
	const most = 1000
	n, ok := bigs(b, a, 1)
	if !ok || !n[0].IsInt64() || n[0].Int64() < 0 || n[0].Int64() > most || !b.Take(maxBits/8) {
		return value{}
	}
	return bigValue(new(big.Int).MulRange(1, n[0].Int64()))
}

// foldNextPrime is gmp_nextprime.
func foldNextPrime(b *script.Budget, a []value) value {
	const longest, most = 256, 1 << 10
	n, ok := bigs(b, a, 1)
	if !ok || n[0].BitLen() > longest {
		return value{}
	}
	p := n[0]
	if p.Sign() < 0 {
		p = new(big.Int)
	}
	for range most {
		if p = new(big.Int).Add(p, big.NewInt(1)); !b.Take(longest) {
			return value{}
		}
		if p.ProbablyPrime(4) {
			return bigValue(p)
		}
	}
	return value{}
}

// foldBigRoot is gmp_sqrt and gmp_root, rounded to zero.
func foldBigRoot(b *script.Budget, a []value) value {
	n, ok := bigs(b, a, 1)
	degree := int64(2)
	if ok && len(n) > 1 {
		degree = n[1].Int64()
	}
	const most = 64
	if !ok || n[0].Sign() < 0 || degree < 1 || degree > most || !b.Take(n[0].BitLen()*4) {
		return value{}
	}
	if degree == 2 {
		return bigValue(new(big.Int).Sqrt(n[0]))
	}
	low, high := new(big.Int), new(big.Int).Lsh(big.NewInt(1), uint(n[0].BitLen()/int(degree)+1))
	for one := big.NewInt(1); new(big.Int).Sub(high, low).Cmp(one) > 0; {
		middle := new(big.Int).Rsh(new(big.Int).Add(low, high), 1)
		if !b.Take(n[0].BitLen() / 8) {
			return value{}
		}
		if new(big.Int).Exp(middle, big.NewInt(degree), nil).Cmp(n[0]) <= 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return bigValue(low)
}

// bigFunctions are those of GMP.
var bigFunctions = map[string]foldFunction{
	"gmp_init": foldBigInit, "gmp_strval": foldBigText, "gmp_export": foldBigExport, "gmp_import": foldBigImport, "gmp_powm": foldBigPowerModulo,
	"gmp_fact": foldBigFactorial, "gmp_nextprime": foldNextPrime, "gmp_sqrt": foldBigRoot, "gmp_root": foldBigRoot,
	"gmp_add": ofOperator('+'), "gmp_sub": ofOperator('-'), "gmp_mul": ofOperator('*'), "gmp_mod": ofOperator('%'), "gmp_pow": ofOperator(powerToken),
	"gmp_and": ofOperator('&'), "gmp_or": ofOperator('|'), "gmp_xor": ofOperator('^'), "gmp_divexact": ofOperator('/'),
	"gmp_div_q":  foldBigDivision(func(q, _ *big.Int) value { return bigValue(q) }),
	"gmp_div":    foldBigDivision(func(q, _ *big.Int) value { return bigValue(q) }),
	"gmp_div_r":  foldBigDivision(func(_, rest *big.Int) value { return bigValue(rest) }),
	"gmp_div_qr": foldBigDivision(func(q, rest *big.Int) value { return bigList(q, rest) }),
	"gmp_neg":    ofBigs(1, func(n []*big.Int) value { return bigValue(new(big.Int).Neg(n[0])) }),
	"gmp_abs":    ofBigs(1, func(n []*big.Int) value { return bigValue(new(big.Int).Abs(n[0])) }),
	"gmp_com":    ofBigs(1, func(n []*big.Int) value { return bigValue(new(big.Int).Not(n[0])) }),
	"gmp_sign":   ofBigs(1, func(n []*big.Int) value { return integerValue(int64(n[0].Sign())) }),
	"gmp_cmp":    ofBigs(2, func(n []*big.Int) value { return integerValue(int64(n[0].Cmp(n[1]))) }),
	"gmp_intval": ofBigs(1, func(n []*big.Int) value { return integerValue(bigLowest(n[0])) }),
	"gmp_gcd": ofBigs(2, func(n []*big.Int) value {
		return bigValue(new(big.Int).GCD(nil, nil, new(big.Int).Abs(n[0]), new(big.Int).Abs(n[1])))
	}),
	"gmp_lcm": ofBigs(2, func(n []*big.Int) value {
		x, y := new(big.Int).Abs(n[0]), new(big.Int).Abs(n[1])
		if x.Sign() == 0 || y.Sign() == 0 {
			return bigValue(new(big.Int))
		}
		return bigValue(x.Mul(x.Quo(x, new(big.Int).GCD(nil, nil, x, y)), y))
	}),
	"gmp_invert": ofBigs(2, func(n []*big.Int) value {
		if n[1].Sign() == 0 {
			return value{}
		}
		if inverse := new(big.Int).ModInverse(n[0], new(big.Int).Abs(n[1])); inverse != nil {
			return bigValue(inverse)
		}
		return boolValue(false)
	}),
	"gmp_sqrtrem": ofBigs(1, func(n []*big.Int) value {
		if n[0].Sign() < 0 {
			return value{}
		}
		root := new(big.Int).Sqrt(n[0])
		return bigList(root, new(big.Int).Sub(n[0], new(big.Int).Mul(root, root)))
	}),
	"gmp_testbit": ofBigs(2, func(n []*big.Int) value {
		if !n[1].IsInt64() || n[1].Int64() < 0 || n[1].Int64() > maxBits {
			return value{}
		}
		return boolValue(n[0].Bit(int(n[1].Int64())) != 0)
	}),
	"gmp_popcount": ofBigs(1, func(n []*big.Int) value { return countedBits(n[0]) }),
	"gmp_hamdist":  ofBigs(2, func(n []*big.Int) value { return countedBits(new(big.Int).Xor(n[0], n[1])) }),
}

func countedBits(n *big.Int) value {
	if n.Sign() < 0 {
		return value{}
	}
	return integerValue(int64(strings.Count(n.Text(2), "1")))
}

// bigLowest is as much of a number as an integer of PHP holds.
func bigLowest(n *big.Int) int64 {
	low := int64(new(big.Int).And(new(big.Int).Abs(n), big.NewInt(1<<63-1)).Int64())
	if n.Sign() < 0 {
		return -low
	}
	return low
}

func init() { maps.Copy(foldFunctions, bigFunctions) }

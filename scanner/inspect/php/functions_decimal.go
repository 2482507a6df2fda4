package php

import (
	"maps"
	"math/big"
	"strings"

	"plugvet/scanner/inspect/script"
)

// BCMath's decimal numbers of any size, as texts.

const maxScale = 1 << 10 // digits behind the point

// A decimal is a number of BCMath: n with so many digits behind the point.
type decimal struct {
	n     *big.Int
	scale int
}

// decimalOf reads a number of BCMath.
func decimalOf(v value) (decimal, bool) {
	s, ok := v.text()
	const longest = maxBits / 3 // digits
	if !ok || len(s) > longest {
		return decimal{}, false
	}
	digits, negative := strings.CutPrefix(s, "-")
	if !negative {
		digits = strings.TrimPrefix(digits, "+")
	}
	whole, part, _ := strings.Cut(digits, ".")
	for _, c := range []byte(whole + part) {
		if !isDigit(c) {
			return decimal{}, false
		}
	}
	n, ok := new(big.Int).SetString("0"+whole+part, 10)
	if !ok || len(part) > maxScale {
		return decimal{}, false
	}
	if negative {
		n.Neg(n)
	}
	return decimal{n, len(part)}, true
}

// to is a number with so many digits behind the point, of which those that are too many
// are cut off.
func (d decimal) to(scale int) decimal {
	ten := big.NewInt(10)
	if scale >= d.scale {
		return decimal{new(big.Int).Mul(d.n, ten.Exp(ten, big.NewInt(int64(scale-d.scale)), nil)), scale}
	}
	return decimal{new(big.Int).Quo(d.n, ten.Exp(ten, big.NewInt(int64(d.scale-scale)), nil)), scale}
}

func (d decimal) value() value {
	if d.n == nil || d.n.BitLen() > maxBits {
		return value{}
	}
	digits := new(big.Int).Abs(d.n).String()
	if missing := d.scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	text := digits[:len(digits)-d.scale]
	if d.scale > 0 {
		text += "." + digits[len(digits)-d.scale:]
	}
	if d.n.Sign() < 0 {
		text = "-" + text
	}
	return stringValue(text)
}

// ofDecimals computes a function of BCMath for so many numbers, behind which stands how
// many digits the result has behind the point.
func ofDecimals(count int, f func(b *script.Budget, n []decimal, scale int) value) foldFunction {
	return func(b *script.Budget, a []value) value {
		if len(a) < count {
			return value{}
		}
		scale := int64(0)
		if len(a) > count && a[count].kind != nullKind {
			scale, _ = a[count].number()
		}
		if scale < 0 || scale > maxScale {
			return value{}
		}
		n, size := make([]decimal, count), 1
		for i := range n {
			d, ok := decimalOf(a[i])
			if !ok || !b.Take(32+d.n.BitLen()/4) {
				return value{}
			}
			n[i] = d
			size *= (d.n.BitLen()+4*int(scale))/64 + 1
		}
		if !b.Take(size) {
			return value{}
		}
		return f(b, n, int(scale))
	}
}

// aligned are two numbers with as many digits behind the point.
func aligned(x, y decimal) (a, b decimal) {
	scale := max(x.scale, y.scale)
	return x.to(scale), y.to(scale)
}

// decimalFunctions are those of BCMath.
var decimalFunctions = map[string]foldFunction{
	"bcadd": ofDecimals(2, func(_ *script.Budget, n []decimal, scale int) value {
		x, y := aligned(n[0], n[1])
		return decimal{x.n.Add(x.n, y.n), x.scale}.to(scale).value()
	}),
	"bcsub": ofDecimals(2, func(_ *script.Budget, n []decimal, scale int) value {
		x, y := aligned(n[0], n[1])
		return decimal{x.n.Sub(x.n, y.n), x.scale}.to(scale).value()
	}),
	"bcmul": ofDecimals(2, func(_ *script.Budget, n []decimal, scale int) value {
		return decimal{new(big.Int).Mul(n[0].n, n[1].n), n[0].scale + n[1].scale}.to(scale).value()
	}),
	"bcdiv": ofDecimals(2, func(_ *script.Budget, n []decimal, scale int) value {
		x, y := aligned(n[0], n[1])
		if y.n.Sign() == 0 {
			return value{}
		}
		return decimal{new(big.Int).Quo(x.to(x.scale+scale).n, y.n), scale}.value()
	}),
	"bcmod": ofDecimals(2, func(_ *script.Budget, n []decimal, scale int) value {
		x, y := aligned(n[0], n[1])
		if y.n.Sign() == 0 {
			return value{}
		}
		return decimal{new(big.Int).Rem(x.n, y.n), x.scale}.to(scale).value()
	}),
	"bccomp": ofDecimals(2, func(_ *script.Budget, n []decimal, scale int) value {
		return integerValue(int64(n[0].to(scale).n.Cmp(n[1].to(scale).n)))
	}),
	"bcpow": ofDecimals(2, func(b *script.Budget, n []decimal, scale int) value {
		exponent := n[1].to(0).n
		if !exponent.IsInt64() || exponent.Sign() < 0 || exponent.Int64() > int64(maxBits/max(2, n[0].n.BitLen())) || n[0].scale*int(exponent.Int64()) > maxScale {
			return value{}
		}
		power := decimal{new(big.Int).Exp(n[0].n, exponent, nil), n[0].scale * int(exponent.Int64())}
		return power.to(scale).value()
	}),
	"bcpowmod": ofDecimals(3, func(b *script.Budget, n []decimal, scale int) value {
		if n[0].scale+n[1].scale+n[2].scale > 0 {
			return value{}
		}
		// The sign is that of what is left when the power is divided.
		rest := bigPowerModulo(b, new(big.Int).Abs(n[0].n), n[1].n, n[2].n)
		if rest != nil && n[0].n.Sign() < 0 && n[1].n.Bit(0) == 1 {
			rest.Neg(rest)
		}
		return decimal{rest, 0}.scaled(scale)
	}),
	"bcsqrt": ofDecimals(1, func(b *script.Budget, n []decimal, scale int) value {
		if n[0].n.Sign() < 0 || !b.Take(n[0].n.BitLen()) {
			return value{}
		}
		return decimal{new(big.Int).Sqrt(n[0].to(2 * max(scale, (n[0].scale+1)/2)).n), max(scale, (n[0].scale+1)/2)}.to(scale).value()
	}),
}

// scaled is the value of a whole number with so many digits behind the point; unknown of
// none.
func (d decimal) scaled(scale int) value {
	if d.n == nil {
		return value{}
	}
	return d.to(scale).value()
}

func init() { maps.Copy(foldFunctions, decimalFunctions) }

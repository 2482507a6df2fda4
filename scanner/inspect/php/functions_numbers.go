package php

import (
	"math"
	"strconv"

	"plugvet/scanner/inspect/script"
)

// floating computes with floats.
func floating(op tokenKind, a, b value) value {
	x, ok1 := asFloat(a)
	y, ok2 := asFloat(b)
	if !ok1 || !ok2 {
		return value{}
	}
	switch op {
	case '+':
		return floatValue(x + y)
	case '-':
		return floatValue(x - y)
	case '*':
		return floatValue(x * y)
	case '/':
		if y != 0 {
			return floatValue(x / y)
		}
	case powerToken:
		return floatValue(math.Pow(x, y))
	case '%':
		if int64(y) != 0 && math.Abs(x) < 1<<62 && math.Abs(y) < 1<<62 {
			return integerValue(int64(x) % int64(y))
		}
	}
	return value{}
}

func floatValue(f float64) value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return value{}
	}
	return value{kind: floatKind, n: int64(math.Float64bits(f)), computed: true}
}

// formatFloat writes a float with places behind the point, and rounds as PHP does.
func formatFloat(f float64, places int) string {
	scale := math.Pow(10, float64(places))
	if rounded := math.Round(f*scale) / scale; !math.IsInf(rounded, 0) && !math.IsNaN(rounded) {
		f = rounded
	}
	return strconv.FormatFloat(f, 'f', places, 64)
}

// asFloat is a number as a float.
func asFloat(v value) (float64, bool) {
	switch v.kind {
	case floatKind:
		return v.float(), true
	case intKind, boolKind:
		return float64(v.n), true
	}
	return 0, false
}

func foldPower(_ *script.Budget, a []value) value {
	if len(a) != 2 || !a[0].scalar() || !a[1].scalar() {
		return value{}
	}
	if a[0].kind == intKind && a[1].kind == intKind {
		return arithmetic(powerToken, a[0].n, a[1].n)
	}
	return floating(powerToken, a[0], a[1])
}

func foldModulo(_ *script.Budget, a []value) value {
	if len(a) != 2 {
		return value{}
	}
	x, ok1 := asFloat(a[0])
	y, ok2 := asFloat(a[1])
	if !ok1 || !ok2 || y == 0 {
		return value{}
	}
	return floatValue(math.Mod(x, y))
}

func foldRounded(f func(float64) float64) foldFunction {
	return func(_ *script.Budget, a []value) value {
		if len(a) != 1 {
			return value{}
		}
		switch a[0].kind {
		case intKind:
			if n := f(float64(a[0].n)); n == math.Trunc(n) {
				return integerValue(int64(n))
			}
		case floatKind:
			if n := f(a[0].float()); n == math.Trunc(n) && math.Abs(n) < 1<<53 {
				return integerValue(int64(n))
			}
		}
		return value{}
	}
}

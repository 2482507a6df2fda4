package javascript

import (
	"math"
	"math/big"
	"strings"
)

// maxInteger bounds the big integers that are computed, in bits.
const maxInteger = 1 << 14

func bigValue(n *big.Int) value {
	if n.BitLen() > maxInteger {
		return value{}
	}
	return value{kind: bigInteger, str: n.String()}
}

// bigOf returns the big integer that a value is or stands for.
func bigOf(v value) *big.Int {
	switch v.kind {
	case bigInteger:
		if n, ok := new(big.Int).SetString(v.str, 10); ok {
			return n
		}
	case number, boolean:
		if v.num == math.Trunc(v.num) && math.Abs(v.num) < 1<<62 {
			return big.NewInt(int64(v.num))
		}
	case text:
		if s := strings.TrimSpace(v.str); len(s) < maxInteger/4 {
			if n, ok := new(big.Int).SetString(s, 0); ok {
				return n
			}
		}
	}
	return nil
}

package wasm

import (
	"math"
	"math/bits"
)

// takesTwo tells whether an instruction takes two numbers.
func takesTwo(op uint16) bool {
	switch {
	case op == 0x45, op == 0x50, op >= 0x67 && op <= 0x69, op >= 0x79 && op <= 0x7b, op >= 0x8b && op <= 0x91, op >= 0x99 && op <= 0x9f, op >= 0xa7:
		return false
	}
	return true
}

// numeric is what an instruction makes of one number, y, or of two. It is false where
// there is no such number.
func numeric(op uint16, x, y uint64) (uint64, bool) {
	switch {
	case op <= 0x4f:
		return truth(compared(op-0x45, uint64(uint32(x)), uint64(uint32(y)), 32)), true
	case op <= 0x5a:
		return truth(compared(op-0x50, x, y, 64)), true
	case op <= 0x60:
		return truth(comparedFloats(op-0x5b, float32Of(x), float32Of(y))), true
	case op <= 0x66:
		return truth(comparedFloats(op-0x61, math.Float64frombits(x), math.Float64frombits(y))), true
	case op <= 0x78:
		z, ok := computed(op-0x67, uint64(uint32(x)), uint64(uint32(y)), 32)
		return uint64(uint32(z)), ok
	case op <= 0x8a:
		return computed(op-0x79, x, y, 64)
	case op <= 0x98:
		if op == 0x8b || op == 0x8c || op == 0x98 { // what is done to bits alone
			return signed(op-0x8b, x, y, 1<<31), true
		}
		return bits32(computedFloats(op-0x8b, float32Of(x), float32Of(y))), true
	case op <= 0xa6:
		if op == 0x99 || op == 0x9a || op == 0xa6 {
			return signed(op-0x99, x, y, 1<<63), true
		}
		return math.Float64bits(computedFloats(op-0x99, math.Float64frombits(x), math.Float64frombits(y))), true
	}
	return converted(op, y)
}

func float32Of(x uint64) float64 { return float64(math.Float32frombits(uint32(x))) }

func bits32(f float64) uint64 { return uint64(math.Float32bits(float32(f))) }

// signExtended is an integer of so many bits with its sign.
func signExtended(x uint64, width int) int64 { return int64(x<<(64-width)) >> (64 - width) }

// compared counts instructions on integers from eqz on.
func compared(op uint16, x, y uint64, width int) bool {
	sx, sy := signExtended(x, width), signExtended(y, width)
	switch op {
	case 0:
		return y == 0
	case 1:
		return x == y
	case 2:
		return x != y
	case 3:
		return sx < sy
	case 4:
		return x < y
	case 5:
		return sx > sy
	case 6:
		return x > y
	case 7:
		return sx <= sy
	case 8:
		return x <= y
	case 9:
		return sx >= sy
	}
	return x >= y
}

func comparedFloats(op uint16, x, y float64) bool {
	switch op {
	case 0:
		return x == y
	case 1:
		return x != y
	case 2:
		return x < y
	case 3:
		return x > y
	case 4:
		return x <= y
	}
	return x >= y
}

// computed counts instructions on integers from clz on. What it returns may have more bits
// than so many.
func computed(op uint16, x, y uint64, width int) (uint64, bool) {
	sx, sy, by := signExtended(x, width), signExtended(y, width), y&uint64(width-1)
	if op >= 6 && op <= 9 && (y == 0 || op == 6 && sy == -1 && sx == -1<<(width-1)) {
		return 0, false
	}
	switch op {
	case 0:
		return uint64(bits.LeadingZeros64(y) - (64 - width)), true
	case 1:
		return uint64(min(bits.TrailingZeros64(y), width)), true
	case 2:
		return uint64(bits.OnesCount64(y)), true
	case 3:
		return x + y, true
	case 4:
		return x - y, true
	case 5:
		return x * y, true
	case 6:
		return uint64(sx / sy), true
	case 7:
		return x / y, true
	case 8:
		return uint64(sx % sy), true
	case 9:
		return x % y, true
	case 10:
		return x & y, true
	case 11:
		return x | y, true
	case 12:
		return x ^ y, true
	case 13:
		return x << by, true
	case 14:
		return uint64(sx >> by), true
	case 15:
		return x >> by, true
	case 16:
		return x<<by | x>>(uint64(width)-by), true
	}
	return x>>by | x<<(uint64(width)-by), true
}

// signed is what abs, neg and copysign do to the sign of a floating point number.
func signed(op uint16, x, y, sign uint64) uint64 {
	switch op {
	case 0:
		return y &^ sign
	case 1:
		return y ^ sign
	}
	return x&^sign | y&sign
}

// computedFloats counts instructions from abs on. Sums, products and the like of two
// short numbers are the same where they are rounded twice.
func computedFloats(op uint16, x, y float64) float64 {
	switch op {
	case 2:
		return math.Ceil(y)
	case 3:
		return math.Floor(y)
	case 4:
		return math.Trunc(y)
	case 5:
		return math.RoundToEven(y)
	case 6:
		return math.Sqrt(y)
	case 7:
		return x + y
	case 8:
		return x - y
	case 9:
		return x * y
	case 10:
		return x / y
	case 11:
		return min(x, y)
	}
	return max(x, y)
}

// converted is what a conversion makes of a number.
func converted(op uint16, y uint64) (uint64, bool) {
	short, long := float32Of(y), math.Float64frombits(y)
	switch op {
	case 0xa7, 0xad: // wrap, extend without a sign
		return uint64(uint32(y)), true
	case 0xac, 0xc4:
		return uint64(int64(int32(y))), true
	case 0xa8, prefixed:
		return truncated(short, 32, true, op >= prefixed)
	case 0xa9, prefixed + 1:
		return truncated(short, 32, false, op >= prefixed)
	case 0xaa, prefixed + 2:
		return truncated(long, 32, true, op >= prefixed)
	case 0xab, prefixed + 3:
		return truncated(long, 32, false, op >= prefixed)
	case 0xae, prefixed + 4:
		return truncated(short, 64, true, op >= prefixed)
	case 0xaf, prefixed + 5:
		return truncated(short, 64, false, op >= prefixed)
	case 0xb0, prefixed + 6:
		return truncated(long, 64, true, op >= prefixed)
	case 0xb1, prefixed + 7:
		return truncated(long, 64, false, op >= prefixed)
	case 0xb2:
		return uint64(math.Float32bits(float32(int32(y)))), true
	case 0xb3:
		return uint64(math.Float32bits(float32(uint32(y)))), true
	case 0xb4:
		return uint64(math.Float32bits(float32(int64(y)))), true
	case 0xb5:
		return uint64(math.Float32bits(float32(y))), true
	case 0xb6:
		return bits32(long), true
	case 0xb7:
		return math.Float64bits(float64(int32(y))), true
	case 0xb8:
		return math.Float64bits(float64(uint32(y))), true
	case 0xb9:
		return math.Float64bits(float64(int64(y))), true
	case 0xba:
		return math.Float64bits(float64(y)), true
	case 0xbb:
		return math.Float64bits(short), true
	case 0xbc, 0xbd, 0xbe, 0xbf: // the same bits
		return y, true
	case 0xc0:
		return uint64(uint32(int8(y))), true
	case 0xc1:
		return uint64(uint32(int16(y))), true
	case 0xc2:
		return uint64(int64(int8(y))), true
	}
	return uint64(int64(int16(y))), true // 0xc3
}

// truncated is a floating point number as an integer of so many bits, which the nearest
// one stands for, if asked for, where it is too large.
func truncated(f float64, bits int, sign, saturates bool) (uint64, bool) {
	f = math.Trunc(f)
	least, most := 0.0, math.Ldexp(1, bits)
	if sign {
		least, most = -math.Ldexp(1, bits-1), math.Ldexp(1, bits-1)
	}
	switch {
	case f >= least && f < most:
	case !saturates:
		return 0, false
	case math.IsNaN(f):
		return 0, true
	case f < least:
		f = least
	default: // the largest is one less, which a floating point number may not be
		largest := uint64(math.MaxUint64) >> (64 - bits)
		if sign {
			largest >>= 1
		}
		return largest, true
	}
	n := uint64(f)
	if sign {
		n = uint64(int64(f))
	}
	if bits == 32 {
		n = uint64(uint32(n))
	}
	return n, true
}

package inspect

import (
	"cmp"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"hash/fnv"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// Code that goes through the names of a library or of the classes of Objective-C and
// compares a hash of each has no name in it, in clear or under a cipher. What it has are
// the hashes, and those of the names that matter are known: they are looked for, under the
// functions that such code is seen to use (ATT&CK T1027.007, Dynamic API Resolution). The
// same goes for the entries of a directory, among which a program is found.

const (
	hashedLimit = 4 << 20 // bytes of a file up to which hashes are looked for
	hashedNear  = 1 << 10 // bytes within which two hashes of 32 bits tell the same story
	maxHashes   = 4096    // of a file
)

// hashCompanions are names that are looked up beside one that matters.
var hashCompanions = strings.Fields(`dlopen dlclose waitpid close read write send recv malloc free mmap mprotect dup2 _exit pipe
	alloc init new stringWithUTF8String: initWithSource: initWithContentsOfURL:error: launch setLaunchPath: setArguments:
	launchedTaskWithLaunchPath:arguments: OSAGetSource OSADispose AECreateDesc AEDisposeDesc`)

// hashWords are names that are words of other things as well, such as JavaScript and HTTP,
// of which a parser may have hashes: one tells nothing beside others of them.
var hashWords = strings.Fields(`exec system socket bind connect accept listen child_process close read write send recv free pipe
	alloc init new launch`)

// scriptPrograms are what code finds among the entries of a directory: one hash is enough,
// for there is no other name that it would need. Among bytes that are packed, though, 32 bits
// are found by chance, and in a large file anywhere.
var scriptPrograms = []string{string(scriptCommand), "/usr/bin/" + string(scriptCommand)}

// Functions and selectors that tell which files there are, as reaching has them.
var (
	listing = strings.Fields(`syscall __syscall readdir* __readdir* scandir* getdents* getdirentries* __getdirentries* getattrlistbulk glob glob64 wordexp
		fts_* fts64_* ftw ftw64 nftw* g_dir_read_name g_file_enumerat* uv_fs_scandir* uv_fs_readdir apr_dir_read ngx_read_dir
		_php_stream_scandir _php_stream_readdir CFURLEnumerator* _ZNSt10filesystem* _ZNKSt10filesystem* _ZNSt3__14__fs* _ZNKSt3__14__fs* _ZN5boost10filesystem*
		_ZN12QDirIterator* _ZNK4QDir*`)
	listingSelectors = strings.Fields(`contentsOfDirectoryAtPath:error: contentsOfDirectoryAtURL:includingPropertiesForKeys:options:error:
		enumeratorAtPath: enumeratorAtURL:includingPropertiesForKeys:options:errorHandler: subpathsAtPath: subpathsOfDirectoryAtPath:error:
		directoryContentsAtPath:`)
)

// lists tells whether the file can go through the entries of a directory.
func (c *collector) lists() bool {
	return c.importsOneOf(listing) || slices.ContainsFunc(listingSelectors, func(s string) bool { _, sends := c.selectors[s]; return sends })
}

// A nameHash is the value of one function over one way to write a name.
type nameHash struct {
	value uint64
	by    int // the function and the way to write the name
	name  string
}

// wide tells whether the value has more than 32 bits, which does not happen by chance.
func (h nameHash) wide() bool { return h.value>>32 != 0 }

// A hashTable has the hashes of names, and which there are by their lower 32 bits.
type hashTable struct {
	all    []nameHash
	byLow  []uint64 // sorted: the lower 32 bits of each above its place in all
	filter [1 << (hashFilter - 6)]uint64
}

const hashFilter = 20 // bits of a hash that the filter knows

var hashesOfNames = sync.OnceValue(func() *hashTable {
	t := new(hashTable)
	names := slices.Concat(socketFunctions, networkFunctions, execFunctions, scriptFunctions, scriptPrograms, hashCompanions, slices.Sorted(maps.Keys(lookUps)))
	t.all = make([]nameHash, 0, 4*len(names)*len(nameHashes))
	t.byLow = make([]uint64, 0, cap(t.all))
	for _, name := range names {
		for way, text := range []string{name, name + "\x00", "_" + name, strings.ToLower(name)} {
			if way == 3 && text == name {
				continue
			}
			for i, hash := range nameHashes {
				h := nameHash{hash([]byte(text)), i*4 + way, name}
				if uint32(h.value)>>24 == 0 { // small numbers are everywhere
					continue
				}
				t.byLow = append(t.byLow, h.value<<32|uint64(len(t.all)))
				t.all = append(t.all, h)
				low := h.value & (1<<hashFilter - 1)
				t.filter[low/64] |= 1 << (low % 64)
			}
		}
	}
	slices.Sort(t.byLow)
	return t
})

// may tells of nearly all values that are no hash's lower 32 bits that they are not.
func (t *hashTable) may(value uint32) bool {
	low := value & (1<<hashFilter - 1)
	return t.filter[low/64]>>(low%64)&1 != 0
}

// of gives the hashes with these lower 32 bits.
func (t *hashTable) of(value uint32) iter.Seq[nameHash] {
	return func(yield func(nameHash) bool) {
		at, _ := slices.BinarySearch(t.byLow, uint64(value)<<32)
		for ; at < len(t.byLow) && uint32(t.byLow[at]>>32) == value; at++ {
			if !yield(t.all[uint32(t.byLow[at])]) {
				return
			}
		}
	}
}

// nameHashes are the functions, of which those of 32 bits give the lower half alone.
var nameHashes = slices.Concat(
	[]func([]byte) uint64{
		func(b []byte) uint64 { return uint64(crc32.ChecksumIEEE(b)) },
		func(b []byte) uint64 { return uint64(^crc32.ChecksumIEEE(b)) },
		func(b []byte) uint64 { return uint64(crc32.Update(^uint32(0), crc32.IEEETable, b)) }, // begun with 0
		func(b []byte) uint64 { return uint64(^crc32.Update(^uint32(0), crc32.IEEETable, b)) },
		func(b []byte) uint64 { return uint64(crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli))) },
		func(b []byte) uint64 { h := fnv.New64(); h.Write(b); return h.Sum64() },
		func(b []byte) uint64 { h := fnv.New64a(); h.Write(b); return h.Sum64() },
		func(b []byte) uint64 { h := fnv.New32(); h.Write(b); return uint64(h.Sum32()) },
		func(b []byte) uint64 { h := fnv.New32a(); h.Write(b); return uint64(h.Sum32()) },
		// FNV-1a before its last product, with which compilers compare instead.
		func(b []byte) uint64 {
			h, last := fnv.New64a(), len(b)-1
			h.Write(b[:last])
			return h.Sum64() ^ uint64(b[last])
		},
		func(b []byte) uint64 {
			h, last := fnv.New32a(), len(b)-1
			h.Write(b[:last])
			return uint64(h.Sum32()) ^ uint64(b[last])
		},
		func(b []byte) uint64 { sum := md5.Sum(b); return binary.LittleEndian.Uint64(sum[:]) },
		func(b []byte) uint64 { sum := sha1.Sum(b); return binary.LittleEndian.Uint64(sum[:]) },
		func(b []byte) uint64 { sum := sha256.Sum256(b); return binary.LittleEndian.Uint64(sum[:]) },
		oneAtATime, func(b []byte) uint64 { return uint64(beforeLastProduct(b)) },
	},
	products(5381, 33), products(0, 31), products(0, 33), products(0, 37), products(0, 65599), products(0, 131), products(7, 31), products(17, 31), products(1, 31), products(5381, 31),
	turnedSums(-13), turnedSums(-7), turnedSums(-5), turnedSums(5), turnedSums(7), turnedSums(13),
)

// products multiply by a factor, and add each byte or put it in by xor: Bernstein's function
// is the one of 5381 and 33, sdbm's that of 0 and 65599.
func products(begin, factor uint64) []func([]byte) uint64 {
	return []func([]byte) uint64{
		func(b []byte) uint64 { return folded(b, begin, func(h, c uint64) uint64 { return h*factor + c }) },
		func(b []byte) uint64 { return folded(b, begin, func(h, c uint64) uint64 { return h*factor ^ c }) },
	}
}

// turnedSums turn 32 bits to the left, and add each byte or put it in by xor: shellcode has
// used that by -13 since 2003.
func turnedSums(by int) []func([]byte) uint64 {
	turn := func(h uint64) uint64 { return uint64(bits.RotateLeft32(uint32(h), by)) }
	return []func([]byte) uint64{
		func(b []byte) uint64 {
			return folded(b, 0, func(h, c uint64) uint64 { return uint64(uint32(turn(h) + c)) })
		},
		func(b []byte) uint64 { return folded(b, 0, func(h, c uint64) uint64 { return turn(h) ^ c }) },
	}
}

func folded(b []byte, h uint64, step func(h, c uint64) uint64) uint64 {
	for _, c := range b {
		h = step(h, uint64(c))
	}
	return h
}

// oneAtATime is Jenkins's function of that name.
func oneAtATime(b []byte) uint64 { return uint64(beforeLastProduct(b) * (1 + 1<<15)) }

// beforeLastProduct is what a compiler compares in place of it, as of FNV-1a.
func beforeLastProduct(b []byte) (h uint32) {
	for _, c := range b {
		h += uint32(c)
		h += h << 10
		h ^= h >> 6
	}
	h += h << 3
	return h ^ h>>11
}

// A hashAt is a hash where it stands, in bytes from the start of the file.
type hashAt struct {
	nameHash
	at int
}

// hashed looks for hashes of names in code that could look up what they stand for.
func (c *collector) hashed(data []byte) {
	if len(data) > hashedLimit || !c.reaches() {
		return
	}
	table := hashesOfNames()
	var found []hashAt
	add := func(at int, value uint64) {
		for h := range table.of(uint32(value)) {
			if len(found) == maxHashes {
				return
			}
			if h.value != value {
				h.value = uint64(uint32(value))
			}
			if _, own := c.exports[h.name]; !own { // of which the linker has hashes
				found = append(found, hashAt{h, at})
			}
		}
	}
	for at := 0; at+4 <= len(data); at++ {
		if low := binary.LittleEndian.Uint32(data[at:]); table.may(low) {
			var word [8]byte
			copy(word[:], data[at:])
			add(at, binary.LittleEndian.Uint64(word[:]))
		}
	}
	if slices.ContainsFunc(c.facts.Slices, func(s Slice) bool { return strings.HasPrefix(s.Arch, "arm64") || s.Arch == "aarch64" }) {
		armConstants(data, add)
	}
	slices.SortStableFunc(found, func(a, b hashAt) int { return cmp.Compare(a.at, b.at) })
	programs := len(data) <= exoticLimit && c.lists()
	for i, h := range found {
		if programs && slices.Contains(scriptPrograms, h.name) && !packed(data, h.at) || h.wide() && !slices.Contains(hashWords, h.name) {
			c.noteHash(h)
		}
		for _, other := range found[i+1:] {
			if other.at-h.at > hashedNear {
				break
			}
			if other.by == h.by && hashPair(h.name, other.name) {
				c.noteHash(h)
				c.noteHash(other)
			}
		}
	}
}

// packed tells whether what lies around a place looks as if it were compressed or encrypted,
// by how many of its bytes differ: of 256, about 160, and of code or tables half as many.
func packed(data []byte, at int) bool {
	const around = 128
	var seen [256]bool
	differ := 0
	for _, b := range data[max(0, at-around):min(len(data), at+around)] {
		if !seen[b] {
			seen[b] = true
			differ++
		}
	}
	return differ > around
}

// hashPair tells whether two names are those of functions or classes: one of them at least
// is no word, or they are a socket and what is done with it.
func hashPair(a, b string) bool {
	if a == b {
		return false
	}
	if b == "socket" {
		a, b = b, a
	}
	return !slices.Contains(hashWords, a) || !slices.Contains(hashWords, b) ||
		a == "socket" && slices.Contains([]string{"bind", "connect", "accept", "listen"}, b)
}

// noteHash notes once what is looked for by hashes.
func (c *collector) noteHash(h hashAt) {
	what := hashKinds[named(h.name)]
	if slices.Contains(scriptPrograms, h.name) {
		what = HashedName
	}
	if what == "" || len(c.facts.Embedded) >= maxEmbedded ||
		slices.ContainsFunc(c.facts.Embedded, func(e Embedded) bool { return e.Name == what }) {
		return
	}
	c.facts.Embedded = append(c.facts.Embedded, Embedded{what, int64(h.at)})
}

// hashKinds are the notes of hashes, by what the names give.
var hashKinds = map[string]string{MadeName: HashedName, SocketFunction: HashedSocket, NetworkFunction: HashedNetwork, ExecFunction: HashedExec}

// armConstants tells of the constants that code for arm64 puts together from 16 bits at a
// time in one register: MOVZ, MOVN and MOVK (Arm Architecture Reference Manual, C6.2).
func armConstants(data []byte, add func(at int, value uint64)) {
	const apart = 16 * 4 // bytes of code that a compiler lets come between
	var registers [32]struct {
		value uint64
		at    int
	}
	for at := 0; at+4 <= len(data); at += 4 {
		op := binary.LittleEndian.Uint32(data[at:])
		if op>>23&0x3f != 0x25 {
			continue
		}
		r, shift := &registers[op&31], op>>21&3*16
		immediate := uint64(op>>5&0xffff) << shift
		switch op >> 29 & 3 {
		case 0:
			r.value, r.at = ^immediate, at+1
		case 2:
			r.value, r.at = immediate, at+1
		case 3:
			if r.at == 0 || at+1-r.at > apart {
				continue
			}
			r.value, r.at = r.value&^(0xffff<<shift)|immediate, at+1
			value := r.value
			if op>>31 == 0 {
				value = uint64(uint32(value))
			}
			add(at, value)
		}
	}
}

package inspect

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"testing"
)

// codeDirectory builds one of version 0x20400 with room for its strings.
func codeDirectory(hash byte, flags uint32, identifier, team string) []byte {
	const head = 88
	data := make([]byte, head)
	for at, v := range map[int]uint32{0: magicCodeDirectory, 8: 0x20400, 12: flags, 20: head} {
		binary.BigEndian.PutUint32(data[at:], v)
	}
	data[37] = hash
	data = append(append(data, identifier...), 0)
	if team != "" {
		binary.BigEndian.PutUint32(data[48:], uint32(len(data)))
		data = append(append(data, team...), 0)
	}
	binary.BigEndian.PutUint32(data[4:], uint32(len(data)))
	return data
}

// superBlob wraps parts, the last of them in the slot of the certificates.
func superBlob(parts ...[]byte) []byte {
	at := 12 + 8*len(parts)
	head := binary.BigEndian.AppendUint32(nil, magicSuperBlob)
	head = binary.BigEndian.AppendUint32(head, uint32(at+len(slices.Concat(parts...))))
	head = binary.BigEndian.AppendUint32(head, uint32(len(parts)))
	for i, part := range parts {
		slot := uint32(0x1000 * i)
		if i == len(parts)-1 {
			slot = slotCMS
		}
		head = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(head, slot), uint32(at))
		at += len(part)
	}
	return slices.Concat(append([][]byte{head}, parts...)...)
}

func TestSignatureStates(t *testing.T) {
	sha1Directory := codeDirectory(1, flagRuntime, "com.example.addon", "TEAM123456")
	sha256Directory := codeDirectory(2, flagRuntime, "com.example.addon", "TEAM123456")
	adhocDirectory := codeDirectory(2, flagAdhoc, "addon.node", "")
	certificates := append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, magicCMS), 16), make([]byte, 8)...)
	noCertificates := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, magicCMS), 8)
	old, strong := sha1.Sum(sha1Directory), sha256.Sum256(sha256Directory)
	adhoc := sha256.Sum256(adhocDirectory)
	for _, c := range []struct {
		about string
		blob  []byte
		want  Signature
	}{
		{"signed by a team, two hashes", superBlob(sha1Directory, sha256Directory, certificates),
			Signature{"signed", "com.example.addon", "TEAM123456", []string{hex.EncodeToString(strong[:20])}, true}},
		{"the stronger hash first", superBlob(sha256Directory, sha1Directory, certificates),
			Signature{"signed", "com.example.addon", "TEAM123456", []string{hex.EncodeToString(strong[:20])}, true}},
		{"SHA-1 alone", superBlob(sha1Directory, certificates),
			Signature{"signed", "com.example.addon", "TEAM123456", []string{hex.EncodeToString(old[:])}, true}},
		{"ad hoc", superBlob(adhocDirectory, noCertificates),
			Signature{"adhoc", "addon.node", "", []string{hex.EncodeToString(adhoc[:20])}, false}},
		{"a team's name without certificates", superBlob(sha256Directory, noCertificates),
			Signature{"adhoc", "com.example.addon", "TEAM123456", []string{hex.EncodeToString(strong[:20])}, true}},
		{"no directory", superBlob(certificates), Signature{State: "broken"}},
		{"unknown hash", superBlob(codeDirectory(9, 0, "x", ""), certificates), Signature{State: "broken"}},
	} {
		f := Identify("", machO(c.blob, []uint32{lcCodeSignature, 16, 0, uint32(len(c.blob))}))
		s := f.Signature
		if s == nil || s.State != c.want.State || s.Identifier != c.want.Identifier || s.Team != c.want.Team ||
			s.HardenedRuntime != c.want.HardenedRuntime || !slices.Equal(s.CDHashes, c.want.CDHashes) {
			t.Errorf("%s: %+v, want %+v; %v", c.about, s, c.want, f.Problems)
		}
		if broken := c.want.State == "broken"; broken != (len(f.Problems) > 0) {
			t.Errorf("%s: problems %v", c.about, f.Problems)
		}
	}
}

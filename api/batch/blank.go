package batch

import (
	"bytes"
	"io"

	"errata/model/pattern"
)

// sum is a hash as it stands in the line of a plan.
var sum = pattern.Of(`:"[0-9a-f]{32}"`)

// Blank writes zeros over the hashes of what was reviewed, of a batch that is finished: those of a
// short value could be guessed. Nothing else of the file changes.
func (b *Batch) Blank() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	text, err := io.ReadAll(io.NewSectionReader(b.file, 0, b.size))
	if err != nil {
		return err
	}
	at := int64(0)
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte(`{"plan":`)) {
			blank := sum().ReplaceAllFunc(line, func(s []byte) []byte {
				return []byte(`:"` + string(bytes.Repeat([]byte{'0'}, len(s)-3)) + `"`)
			})
			if _, err := b.file.WriteAt(blank, at); err != nil {
				return err
			}
		}
		at += int64(len(line))
	}
	return b.sync()
}

package journal

import (
	"hash/crc32"
	"os"

	"errata/api/save"
)

// OnSync puts f in the place of syncing a file to the disk.
func (j *Journal) OnSync(f func(*os.File) error) { j.sync = f }

// Die ends the process that sends a PATCH, as far as the files can tell.
func Die(r save.Record) { _ = r.(*record).mark.Close() }

// Sign makes a line of a record's members, which follow the opening brace.
func Sign(members []byte) []byte {
	return append(append(checksum(crc32.ChecksumIEEE(members)), members...), '\n')
}

// DieInBatch ends the process that sends a batch, as far as the files can tell.
func DieInBatch(b *Batch) { _ = b.mark.Close() }

package journal

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// segment is one file of records.
type segment struct {
	number int
	size   int64
}

func (s segment) name() string { return fmt.Sprintf("%08d.jsonl", s.number) }

// named is the segment whose file has a name.
func named(file string) (s segment, ok bool) {
	number, ok := strings.CutSuffix(file, ".jsonl")
	if !ok {
		return s, false
	}
	var err error
	s.number, err = strconv.Atoi(number)
	return s, err == nil && s.name() == file
}

// newest is the segment that is written to, without its size; ok is false if there is none.
func (j *Journal) newest() (s segment, ok bool, err error) {
	files, err := os.ReadDir(j.dir)
	for _, f := range files {
		if one, is := named(f.Name()); is && (!ok || one.number > s.number) {
			s, ok = one, true
		}
	}
	return s, ok, err
}

// segments lists the files of records, the oldest first.
func (j *Journal) segments() ([]segment, error) {
	files, err := os.ReadDir(j.dir)
	if err != nil {
		return nil, err
	}
	var list []segment
	for _, f := range files {
		s, ok := named(f.Name())
		if !ok {
			continue
		}
		info, err := f.Info()
		if err != nil {
			return nil, err
		}
		s.size = info.Size()
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b segment) int { return cmp.Compare(a.number, b.number) })
	return list, nil
}

// write puts records at the end of the journal and waits until they are on the disk: all of them,
// or none. The caller holds the lock.
func (j *Journal) write(records ...members) error {
	heads := make([][]byte, len(records))
	var total int64
	for i, record := range records {
		head, size, err := record.measure()
		if err != nil {
			return err
		}
		heads[i], total = head, total+size
	}
	f, end, err := j.room(total)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(io.NewOffsetWriter(f, end), pieceSize)
	for i, record := range records {
		if err == nil {
			err = record.line(w, heads[i])
		}
	}
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = j.sync(f)
	}
	if err != nil {
		_ = f.Truncate(end) // whole, it would be read as the record of a PATCH that nobody sent
	}
	return errors.Join(err, f.Close())
}

// room opens the segment that a line of this size goes to, and says where it ends.
func (j *Journal) room(size int64) (f *os.File, end int64, err error) {
	f, _, err = j.last()
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	if info.Size() == 0 || info.Size()+size <= j.options.Segment {
		return f, info.Size(), nil
	}
	if err := f.Close(); err != nil {
		return nil, 0, err
	}
	f, err = j.rotate(size)
	return f, 0, err
}

// rotate begins a new segment, and drops as many old ones as its bytes and those to come may need.
// The newest stays: it may hold the other half of the entry that is being written. All stay while a
// batch is being sent: it is to be taken back whole, or it takes one back.
func (j *Journal) rotate(size int64) (*os.File, error) {
	list, err := j.segments()
	if err != nil {
		return nil, err
	}
	total := max(size, j.options.Segment)
	for _, s := range list {
		total += s.size
	}
	under, err := filepath.Glob(j.path("*" + batchSuffix))
	if err != nil {
		return nil, err
	}
	for _, s := range list[:len(list)-1] {
		if total <= j.options.Total || len(under) > 0 {
			break
		}
		// one that cannot be removed is no reason to keep somebody from saving
		_ = os.Remove(j.path(s.name()))
		total -= s.size
	}
	return j.create(segment{number: list[len(list)-1].number + 1})
}

func (j *Journal) create(s segment) (*os.File, error) {
	f, err := os.OpenFile(j.path(s.name()), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := j.syncDir(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// last opens the newest segment, and makes the first. A line that was never finished is cut off;
// torn is its length.
func (j *Journal) last() (f *os.File, torn int64, err error) {
	newest, ok, err := j.newest()
	if err != nil {
		return nil, 0, err
	}
	if !ok {
		f, err = j.create(segment{number: 1})
		return f, 0, err
	}
	f, err = os.OpenFile(j.path(newest.name()), os.O_RDWR, 0)
	if err != nil {
		return nil, 0, err
	}
	if torn, err = cutTorn(f); err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, torn, nil
}

// cutTorn cuts off what is behind the last line feed of a file, and says how many bytes that was.
func cutTorn(f *os.File) (torn int64, err error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	end, err := lastLineEnd(f, info.Size())
	if err != nil || end == info.Size() {
		return 0, err
	}
	return info.Size() - end, f.Truncate(end)
}

// lastLineEnd is the offset behind the last line feed of a file, 0 when it has none.
func lastLineEnd(f *os.File, size int64) (int64, error) {
	buf := make([]byte, 4096)
	for end := size; end > 0; {
		start := max(0, end-int64(len(buf)))
		part := buf[:end-start]
		if _, err := f.ReadAt(part, start); err != nil {
			return 0, err
		}
		if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
			return start + int64(i) + 1, nil
		}
		end = start
	}
	return 0, nil
}

package cli

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"errata/api/logfile"
	"errata/config"
)

// rejects collects refused lines in a file that has nothing else, so that they can be corrected and
// imported again.
type rejects struct {
	name string // empty when refused lines are not stored
	file *os.File
	out  *bufio.Writer
	kept int
	err  error // the first
}

// rejectsFile checks the file that --rejects names. A file that is not empty is not overwritten: it
// may have the refused lines of the last import.
func (a *upkeep) rejectsFile(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	file, err := config.Expand(name, a.env.Environ)
	if err != nil {
		return "", fail(exitUsage, "--rejects: %w", err)
	}
	if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && info.Size() > 0 {
		return "", fmt.Errorf("--rejects: there is a file %s already; choose another name, or remove it", file)
	}
	return file, nil
}

// newRejects stores refused lines in the file with this name, or by default in one in the state
// directory, if there is such a directory. The file is created with the first refused line.
func (a *upkeep) newRejects(name string) *rejects {
	if name == "" {
		if dir := a.cfg.Paths().State; dir != "" {
			name = filepath.Join(dir, rejectsFolder, a.env.Now().UTC().Format("20060102-150405.000")+".jsonl")
		}
	}
	return &rejects{name: name}
}

// keep stores a line.
func (r *rejects) keep(line []byte) {
	if r.name == "" || line == nil || r.err != nil {
		return
	}
	if r.file == nil {
		r.err = r.open()
	}
	if r.err == nil {
		if _, r.err = r.out.Write(logfile.OneLine(line)); r.err == nil {
			r.err = r.out.WriteByte('\n')
		}
	}
	if r.err == nil {
		r.kept++
	}
}

func (r *rejects) open() (err error) {
	if err := os.MkdirAll(filepath.Dir(r.name), 0o700); err != nil {
		return err
	}
	// a path that the user named
	if r.file, err = os.OpenFile(r.name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		return err
	}
	r.out = bufio.NewWriter(r.file)
	return nil
}

// close closes the file, and prints its name when there is one.
func (r *rejects) close(a *console) {
	if r.file != nil {
		r.err = errors.Join(r.err, r.out.Flush(), r.file.Close())
	}
	switch {
	case r.err != nil:
		a.say("warning: what was refused could not be kept: %v", r.err)
	case r.kept > 0:
		a.say("%s kept in %s", were(r.kept, "line"), r.name)
	}
}

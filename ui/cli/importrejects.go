package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"errata/api/logfile"
	"errata/config"
	"errata/model/jsonraw"
)

// rejects collects refused logs and lines in a file that has nothing else, so that they can be
// corrected and imported again.
type rejects struct {
	name string // empty when they are not stored
	file *os.File
	out  *bufio.Writer
	kept int
	noun string // what was kept: lines, or records when one of them has several
	lost int    // that were not kept for want of a name
	bare int    // refusals that are of no text, but of a file or the end of one
	err  error  // the first
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
	return &rejects{name: name, noun: "line"}
}

// keep stores a log or a line. What is JSON becomes one line; what is broken over several stays as
// it stood, for as one line it would be another text.
func (r *rejects) keep(raw []byte) {
	switch {
	case raw == nil:
		r.bare++
		return
	case r.name == "":
		r.lost++
		return
	case r.err != nil:
		return
	}
	if r.file == nil {
		r.err = r.open()
	}
	if jsonraw.Check(raw) == nil {
		raw = logfile.OneLine(raw)
	} else if bytes.IndexByte(raw, '\n') >= 0 {
		r.noun = "record"
	}
	if r.err == nil {
		if _, r.err = r.out.Write(raw); r.err == nil {
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
		a.say("%s kept in %s", were(r.kept, r.noun), r.name)
	case r.lost > 0:
		a.say("nothing of what was refused is kept: there is no directory for state here; --rejects FILE keeps it")
	}
	if r.bare > 0 && r.kept+r.lost > 0 {
		a.say("%s no line that could be kept: its place is told above", were(r.bare, "refusal"))
	}
}

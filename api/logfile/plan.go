package logfile

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

// what says how a file is to be read.
type what int

const (
	whatever what = iota // JSON, or something else
	lines                // JSONL by its name
	version              // one version of a file of the service
)

// task is one file to read.
type task struct {
	name string
	what what
	// it may not hold logs at all: what is not a log in it is not reported
	stray      bool
	evaluation bool            // its lines are results of an evaluation
	kind       string          // of the file that a version is of
	dir        string          // of that file, for counting
	deployed   map[string]bool // version ids; for a version
}

// planner finds what there is to read before any of it is read, so that progress has an end.
type planner struct {
	ctx      context.Context
	fsys     fs.FS
	tasks    []task
	bytes    int64
	problems []Problem
	notes    []Problem
}

func (p *planner) add(t task, info fs.FileInfo) {
	p.tasks = append(p.tasks, t)
	p.bytes += info.Size()
}

func (p *planner) problem(name string, err error) {
	p.problems = append(p.problems, Problem{Position{File: name}, reason(err)})
}

func (p *planner) note(name, msg string) {
	p.notes = append(p.notes, Problem{Position{File: name}, msg})
}

// directory plans a directory by what is in it. The error is for dir itself and for a context that
// has ended.
func (p *planner) directory(dir string) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	entries, err := fs.ReadDir(p.fsys, dir)
	if err != nil {
		return err
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return natural(a.Name(), b.Name()) })
	switch {
	case holds(entries, "file.json"):
		return p.fileDirectory(dir, entries)
	case holds(entries, "evaluation.json"):
		p.evaluation(dir, entries)
		return p.ctx.Err()
	}
	for _, e := range entries {
		if err := p.entry(path.Join(dir, e.Name()), e); err != nil {
			return err
		}
	}
	return nil
}

// entry plans one entry of a directory that is not of the official layout, or lies above it.
func (p *planner) entry(name string, e fs.DirEntry) error {
	switch {
	case e.IsDir():
		return p.below(name)
	case e.Type()&fs.ModeSymlink != 0:
		p.note(name, "a symbolic link, which is not followed")
	case isLines(name):
		p.file(task{name: name, what: lines}, e)
	case extension(name) == ".json":
		p.file(task{name: name, what: whatever, stray: true}, e)
	}
	return nil
}

// below plans a directory inside another, where one that cannot be read does not stop the rest.
func (p *planner) below(dir string) error {
	err := p.directory(dir)
	if err != nil && p.ctx.Err() == nil {
		p.problem(dir, err)
		return nil
	}
	return err
}

func (p *planner) file(t task, e fs.DirEntry) {
	info, err := e.Info()
	if err == nil && !info.Mode().IsRegular() {
		return
	}
	if err != nil {
		p.problem(t.name, err)
		return
	}
	p.add(t, info)
}

// kinds are the kinds of files of the service; all but datasets have logs.
var kinds = append([]string{"dataset"}, owners...)

// fileDirectory plans what the export tool writes for one file of the service: file.json,
// deployments.json, versions/ID, logs/N.jsonl, evaluations/ID, and .done at the end.
func (p *planner) fileDirectory(dir string, entries []fs.DirEntry) error {
	kind := "prompt"
	about, err := fs.ReadFile(p.fsys, path.Join(dir, "file.json"))
	if err != nil {
		p.problem(path.Join(dir, "file.json"), err)
	} else if told := textOf(about, "type"); told != "" {
		kind = told
	}
	if !slices.Contains(kinds, kind) {
		p.note(dir, "of the type "+kind+", which is not known")
		return nil
	}
	deployed := p.deployments(dir)
	asVersion := func(name string, e fs.DirEntry) {
		p.file(task{name: name, what: version, kind: kind, dir: dir, deployed: deployed}, e)
	}
	// file.json repeats a version; the one under versions, which comes later, is the fuller.
	if i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == "file.json" }); err == nil {
		asVersion(path.Join(dir, "file.json"), entries[i])
	}
	p.each(dir, "versions", entries, asVersion)
	p.logs(dir, entries, task{what: lines})
	if holdsDirectory(entries, "datapoints") {
		p.note(path.Join(dir, "datapoints"), "datapoints, which are not kept")
	}
	if holdsDirectory(entries, "evaluations") {
		if err := p.below(path.Join(dir, "evaluations")); err != nil {
			return err
		}
	}
	if !holds(entries, ".done") {
		p.note(dir, "the export of this "+kind+" did not come to its end: something may be missing")
	}
	return p.ctx.Err()
}

// logs plans the files of lines in logs, and notes which are missing.
func (p *planner) logs(dir string, entries []fs.DirEntry, t task) {
	next := 1
	p.each(dir, "logs", entries, func(name string, e fs.DirEntry) {
		if !isLines(name) {
			return
		}
		number, _, _ := strings.Cut(e.Name(), ".")
		if n, err := strconv.Atoi(number); err == nil && n >= next {
			switch {
			case n == next+1:
				p.note(path.Join(dir, "logs"), strconv.Itoa(next)+".jsonl is missing")
			case n > next:
				p.note(path.Join(dir, "logs"), strconv.Itoa(next)+".jsonl to "+strconv.Itoa(n-1)+".jsonl are missing")
			}
			next = n + 1
		}
		t.name = name
		p.file(t, e)
	})
}

// evaluation plans the logs of an evaluation, which are copies of those of the files.
func (p *planner) evaluation(dir string, entries []fs.DirEntry) {
	p.logs(dir, entries, task{what: lines, evaluation: true})
	p.note(dir, "an evaluation: its logs are taken where they stand nowhere else, its runs and results are not kept")
}

// each visits the visible files of the directory sub among the entries of parent, if it is there,
// in natural order.
func (p *planner) each(parent, sub string, among []fs.DirEntry, visit func(name string, e fs.DirEntry)) {
	if !holdsDirectory(among, sub) {
		return
	}
	dir := path.Join(parent, sub)
	entries, err := fs.ReadDir(p.fsys, dir)
	if err != nil {
		p.problem(dir, err)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return natural(a.Name(), b.Name()) })
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			p.note(name, "a symbolic link, which is not followed")
		case !e.IsDir() && !strings.HasPrefix(e.Name(), "."):
			visit(name, e)
		}
	}
}

// deployments reads which versions are the default ones.
func (p *planner) deployments(dir string) map[string]bool {
	name := path.Join(dir, "deployments.json")
	raw, err := fs.ReadFile(p.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	raw = trim(decoded(raw))
	var list []jsonraw.Element
	if err == nil {
		list, err = jsonraw.Elements(raw)
	}
	if err != nil {
		p.problem(name, err)
		return nil
	}
	deployed := map[string]bool{}
	for _, e := range list {
		one := e.Val.Of(raw)
		if textOf(one, "environment_tag") == "default" {
			deployed[textOf(one, "version_id")] = true
		}
	}
	return deployed
}

func holds(entries []fs.DirEntry, name string) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name && !e.IsDir() })
}

func holdsDirectory(entries []fs.DirEntry, name string) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name && e.IsDir() })
}

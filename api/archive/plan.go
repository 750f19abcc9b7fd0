package archive

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"errata/model/jsonraw"
)

// what says how a file is to be read.
type what int

const (
	whatever what = iota // a JSON document or lines, told apart by its start
	lines                // JSONL
	version              // one prompt version
)

// task is one file to read.
type task struct {
	name     string
	what     what
	named    bool            // the caller named the file itself: whatever is in it is meant to be a log
	prompt   string          // the directory of the prompt, for counting
	deployed map[string]bool // version ids; for a version
}

// planner finds what there is to read before any of it is read, so that progress has an end.
type planner struct {
	ctx    context.Context
	fsys   fs.FS
	tasks  []task
	bytes  int64
	report Report
}

func (p *planner) add(t task, info fs.FileInfo) {
	p.tasks = append(p.tasks, t)
	p.bytes += info.Size()
}

func (p *planner) problem(name string, err error) {
	p.report.Problems = append(p.report.Problems, Problem{File: name, Msg: reason(err)})
}

func (p *planner) passed(name, msg string) {
	p.report.Passed = append(p.report.Passed, Problem{File: name, Msg: msg})
}

// directory plans a directory by what stands in it. The error is for dir itself and for a context that has ended.
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
		return p.promptDirectory(dir, entries)
	case holds(entries, "evaluation.json"):
		p.passed(dir, "an evaluation, not logs of a prompt")
		return nil
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
		p.passed(name, "a symbolic link, which is not followed")
	case isLines(name):
		p.file(task{name: name, what: lines}, e)
	case path.Ext(name) == ".json":
		p.file(task{name: name, what: whatever}, e)
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

// promptDirectory plans what the export tool writes for one file of the service: file.json, deployments.json, versions/ID, logs/N.jsonl, evaluations/.
func (p *planner) promptDirectory(dir string, entries []fs.DirEntry) error {
	about, err := fs.ReadFile(p.fsys, path.Join(dir, "file.json"))
	if err != nil {
		p.problem(path.Join(dir, "file.json"), err)
	} else if kind := textOf(about, "type"); kind != "" && kind != "prompt" {
		p.passed(dir, "of the type "+kind+", not a prompt")
		return nil
	}
	deployed := p.deployments(dir)
	asVersion := func(name string, e fs.DirEntry) {
		p.file(task{name: name, what: version, prompt: dir, deployed: deployed}, e)
	}
	// file.json repeats a version; the one under versions, which comes later, is the fuller.
	if i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == "file.json" }); err == nil {
		asVersion(path.Join(dir, "file.json"), entries[i])
	}
	p.each(dir, "versions", entries, asVersion)
	p.each(dir, "logs", entries, func(name string, e fs.DirEntry) {
		if isLines(name) {
			p.file(task{name: name, what: lines}, e)
		}
	})
	if holdsDirectory(entries, "evaluations") {
		p.passed(path.Join(dir, "evaluations"), "evaluations, not logs of a prompt")
	}
	return p.ctx.Err()
}

// each visits the visible files of the directory sub among the entries of parent, if it is there, in natural order.
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
			p.passed(name, "a symbolic link, which is not followed")
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
	raw = trim(withoutMark(raw))
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

// isLines tells JSONL by its name.
func isLines(name string) bool {
	return path.Ext(name) == ".jsonl" || path.Ext(name) == ".ndjson"
}

// natural orders names with the numbers in them as numbers: 2.jsonl before 10.jsonl.
func natural(a, b string) int {
	fullA, fullB := a, b
	for a != "" && b != "" {
		restA, restB := strings.TrimLeft(a, digits), strings.TrimLeft(b, digits)
		numberA := strings.TrimLeft(a[:len(a)-len(restA)], "0")
		numberB := strings.TrimLeft(b[:len(b)-len(restB)], "0")
		if len(restA) == len(a) || len(restB) == len(b) {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		if c := cmp.Or(cmp.Compare(len(numberA), len(numberB)), cmp.Compare(numberA, numberB)); c != 0 {
			return c
		}
		a, b = restA, restB
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(fullA, fullB))
}

const digits = "0123456789"

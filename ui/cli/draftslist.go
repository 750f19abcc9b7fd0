package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/judgment"
	"errata/ui/change"
	"errata/ui/draft"
)

// draftStore opens the drafts of all servers.
func (a *access) draftStore() (*draft.Store, error) {
	dir, err := a.state()
	if err != nil {
		return nil, err
	}
	return draft.New(dir, draft.Options{Now: a.env.Now}), nil
}

// draftsOf lists the drafts of a log on a server; an empty id or server means all. Drafts that
// cannot be read are named on stderr; the list then has the others, with an error.
func (a *access) draftsOf(ctx context.Context, logID, server string) ([]draft.Info, error) {
	store, err := a.draftStore()
	if err != nil {
		return nil, err
	}
	list, err := store.List(ctx)
	list = slices.DeleteFunc(list, func(info draft.Info) bool {
		return logID != "" && info.LogID != logID || server != "" && info.Server != server
	})
	return list, a.complainEach(err, exitFailed)
}

// draftOf is the only draft of a log. Several, or none, are an error.
func (a *access) draftOf(ctx context.Context, logID, server string) (draft.Info, error) {
	list, err := a.draftsOf(ctx, logID, server)
	switch {
	case len(list) == 1:
		return list[0], nil
	case err != nil:
		return draft.Info{}, err
	case len(list) == 0:
		return draft.Info{}, fail(exitNotFound, "there is no draft of %s; errata drafts lists them", logID)
	}
	var servers []string
	for _, info := range list {
		servers = append(servers, info.Server)
	}
	return draft.Info{}, fail(exitUsage, "log %s has drafts for several servers; choose with --server: %s", logID, strings.Join(servers, ", "))
}

func (a *access) listDrafts(ctx context.Context, query *jqFlag) error {
	list, unread := a.draftsOf(ctx, "", "")
	var rows [][]string
	var objects [][]byte
	for _, info := range list {
		rows = append(rows, draftRow(info))
		objects = append(objects, draftJSON(info))
	}
	switch {
	case a.cfg.JSON() || query.given():
		if err := a.results(ctx, query, objects); err != nil {
			return err
		}
	case len(rows) > 0:
		a.table([]column{{head: "LOG"}, {head: "CHANGED"}, {head: "SERVER", give: true}, {head: "OPEN"}, {head: "CHANGES"}}, rows)
	case unread == nil:
		a.say("there are no drafts")
	}
	return unread
}

func draftRow(info draft.Info) []string {
	open := ""
	if info.Held != nil {
		open = "open"
	}
	var changes []string
	for _, c := range info.Changes {
		next := change.Turn(c.Base, c.Edit.Value)
		if c.Edit.Err != nil {
			next = change.Turn(c.Base, model.Raw(jsonraw.Literal(c.Edit.Text))) + " (" + c.Edit.Err.Error() + ")"
		}
		changes = append(changes, c.Field.Name+": "+next)
	}
	for _, d := range info.Said {
		changes = append(changes, judgedInDraft(d))
	}
	if e := info.Entry; e != nil {
		changes = append(changes, e.Field.Name+" + "+change.OneLine(model.Raw(jsonraw.Literal(e.Text)))+" (it was still being typed)")
	}
	if l := info.External; l != nil && l.Text != nil {
		changes = append(changes, l.Field.Name+": an editor left "+l.Path+", opening the log takes it over")
	}
	if l := info.External; l != nil && l.Recovery != "" {
		changes = append(changes, l.Field.Name+": an editor that was ended left "+l.Recovery+", e in the log opens it again")
	}
	if info.Lost > 0 {
		changes = append(changes, "damaged: "+figure.Count(int(info.Lost), "byte")+" at the end cannot be read")
	}
	return []string{info.LogID, stamp(info.Changed), info.Server, open, strings.Join(changes, "; ")}
}

// draftJSON is a draft as {"server", "log_id", "prompt_id", "made", "changed", "changes":
// [{"field", "old", "new"}], "judgments": [{"evaluator", "judgment", "user"}], "entry": {"field",
// "text"}, "editor": {"field", "file", "recovery", "text"}, "damaged", "open", "process"}. A text
// that is not a valid value of its field stands as "text" instead of "new", with the reason as
// "problem". "entry" is a new member or element whose value was being typed. "editor" is the file
// that an external editor left behind, "recovery" the file where it kept unsaved text. "damaged"
// are bytes that cannot be read. "open" says that a running errata uses the draft, "process" is its
// process id where that is known.
func draftJSON(info draft.Info) []byte {
	var changes [][]byte
	for _, c := range info.Changes {
		o := changed(c.Field.Name, c.Base, c.Edit.Value)
		if c.Edit.Err != nil {
			o.text("text", c.Edit.Text)
			o.text("problem", c.Edit.Err.Error())
		}
		changes = append(changes, o.bytes())
	}
	var o object
	o.text("server", info.Server)
	o.text("log_id", info.LogID)
	o.text("prompt_id", info.PromptID)
	o.text("made", info.Made.UTC().Format(time.RFC3339Nano))
	o.text("changed", info.Changed.UTC().Format(time.RFC3339Nano))
	o.add("changes", array(changes))
	if len(info.Said) > 0 {
		o.add("judgments", saidJSON(info.Said))
	}
	if e := info.Entry; e != nil {
		var entry object
		entry.text("field", e.Field.Name)
		entry.text("text", e.Text)
		o.add("entry", entry.bytes())
	}
	if l := info.External; l != nil {
		o.add("editor", externalJSON(l))
	}
	if info.Lost > 0 {
		o.number("damaged", int(info.Lost))
	}
	o.boolean("open", info.Held != nil)
	if info.Held != nil && info.Held.PID != 0 {
		o.number("process", info.Held.PID)
	}
	return o.bytes()
}

// judgedInDraft describes a judgment that was not sent: "judged rating: good".
func judgedInDraft(d judgment.Decision) string {
	return "judged " + d.Evaluator.Called() + ": " + onOneLine(d.Value)
}

func saidJSON(list []judgment.Decision) []byte {
	var out [][]byte
	for _, d := range list {
		var o object
		o.text("evaluator", d.Evaluator.Called())
		o.add(judgment.Said, d.Value.Bytes())
		o.text("user", d.User)
		out = append(out, o.bytes())
	}
	return array(out)
}

func externalJSON(l *draft.ExternalFile) []byte {
	var o object
	o.text("field", l.Field.Name)
	o.text("file", l.Path)
	if l.Recovery != "" {
		o.text("recovery", l.Recovery)
	}
	if l.Text != nil {
		o.text("text", string(l.Text))
	}
	return o.bytes()
}

// unsaved is the change set of a draft, on the values that the log had when the draft was made.
func unsaved(info draft.Info) (*model.ChangeSet, error) {
	var prompt, doc object
	prompt.text("id", info.PromptID)
	doc.text("id", info.LogID)
	doc.add("prompt", prompt.bytes())
	for _, c := range info.Changes {
		doc.add(c.Field.Name, c.Base.Bytes())
	}
	log, err := model.ParseLog(doc.bytes())
	if err != nil {
		return nil, err
	}
	changes := model.NewChangeSet(log)
	for _, c := range info.Changes {
		changes.Put(c.Field, c.Edit, true)
	}
	return changes, nil
}

package judge

import (
	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

// Act is one decision: to say something of a log, or to take back what was said.
type Act struct {
	// ID is that of the judgment. It is chosen once for each decision, see NewID, and stays when
	// the same decision is sent again: so it can be looked for, and never becomes two.
	ID        string
	LogID     string // the log that is judged
	FileID    string // the prompt, or other file, of that log; for the journal
	Evaluator judgment.Evaluator
	// null takes back what the same user said before; of a removal what was said
	Value     model.Value
	User      string // who judges, empty for nobody in particular
	CreatedAt string // ISO 8601; empty for the time at which the server gets it
	Completed bool
	Remove    bool // the judgment is deleted
}

// NewID chooses the id of a judgment.
func NewID() string { return api.NewID("log_") }

// Of is a decision about a log, as it is sent.
func Of(d judgment.Decision, log model.Head) Act {
	return Act{ID: d.ID, LogID: log.ID, FileID: log.PromptID, Evaluator: d.Evaluator, Value: d.Value, User: d.User}
}

// Remove is the decision to take a judgment away.
func Remove(j judgment.Judgment, fileID string) Act {
	return Act{ID: j.ID, LogID: j.ParentID, FileID: fileID, Evaluator: j.Evaluator, Value: j.Value, User: j.User,
		CreatedAt: j.CreatedAt, Completed: j.Completed, Remove: true}
}

// Inverse is what takes an act back: a judgment is deleted, and one that was deleted is made again
// as it was, with its id and its time.
func (a Act) Inverse() Act {
	a.Remove = !a.Remove
	return a
}

// Check says what is wrong with a decision before anything is sent, "" when nothing is.
func (a Act) Check() string {
	if a.Remove {
		return ""
	}
	if a.Evaluator.Spec.Check(a.Value) == nil {
		return ""
	}
	return a.Evaluator.Title() + " wants " + a.Evaluator.Spec.Wanted() + ", not " + judgment.Words(a.Value)
}

// Body is the body of the POST, nil for a removal, which has none.
func (a Act) Body() []byte {
	if a.Remove {
		return nil
	}
	value := judgment.Wire(a.Value)
	if value.IsAbsent() {
		value = model.Null
	}
	members := []jsonraw.Edit{
		{Name: judgment.Parent, Val: jsonraw.Literal(a.LogID)},
		{Name: judgment.Said, Val: value.Bytes()},
		{Name: "log_id", Val: jsonraw.Literal(a.ID)},
	}
	text := func(name, text string) {
		if text != "" {
			members = append(members, jsonraw.Edit{Name: name, Val: jsonraw.Literal(text)})
		}
	}
	text("id", a.Evaluator.ID)
	if a.Evaluator.ID == "" {
		text("path", a.Evaluator.Path)
	}
	text("user", a.User)
	text(model.CreatedAt.Name, a.CreatedAt)
	if a.Completed {
		members = append(members, jsonraw.Edit{Name: judgment.Done, Val: []byte("true")})
	}
	body, _ := jsonraw.Set([]byte("{}"), members) // an empty object takes any
	return body
}

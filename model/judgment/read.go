package judgment

import (
	"slices"

	"errata/model"
	"errata/model/jsonraw"
)

// Evaluator is a version of an evaluator.
type Evaluator struct {
	ID, Path, Name, VersionID string
	Spec                      Spec
}

// ReadEvaluator reads the document of an evaluator, as a list or a judgment has it.
func ReadEvaluator(doc []byte) Evaluator {
	of := jsonraw.ReadDocument(doc)
	return Evaluator{
		ID:        of.Text("id"),
		Path:      of.Text("path"),
		Name:      of.Text("name"),
		VersionID: of.Text("version_id"),
		Spec:      ReadSpec(of.Raw("spec")),
	}
}

// Title is what people call the evaluator: its name, else its path, else its id.
func (e Evaluator) Title() string {
	for _, text := range []string{e.Name, e.Path, e.ID} {
		if text != "" {
			return text
		}
	}
	return ""
}

// Called names the evaluator without doubt: by its path, or by its id when it has no path.
func (e Evaluator) Called() string {
	if e.Path == "" {
		return e.ID
	}
	return e.Path
}

// ForPeople are the evaluators of a list that people judge with.
func ForPeople(list []Evaluator) (people []Evaluator) {
	for _, e := range list {
		if e.Spec.Type == Human {
			people = append(people, e)
		}
	}
	return people
}

// The members of a log that hold its judgments, and of a judgment what it says.
const (
	Nested       = "evaluator_logs"
	Said         = "judgment"
	Parent       = "parent_id"
	Done         = "marked_completed"
	evaluatorKey = "evaluator"
)

// Whole reports whether all judgments of a log are there. Those of a log from a list may have been
// cut.
func Whole(log *model.Log) bool {
	cut, _ := Texts(log.Member(jsonraw.CutMember))
	return !slices.Contains(cut, Nested)
}

// Judgment is what somebody, or a program, said of a log.
type Judgment struct {
	ID        string
	ParentID  string // the log that is judged
	User      string // who judged, empty when the judgment does not tell
	CreatedAt string // as written
	Evaluator Evaluator
	Value     model.Value // null where an earlier judgment was taken back
	Completed bool
	Log       *model.Log // all of it
}

// Read reads the document of a judgment.
func Read(log *model.Log) Judgment {
	text := func(name string) string {
		text, _ := log.Member(name).Text()
		return text
	}
	created, _ := log.Value(model.CreatedAt).Text()
	value := log.Member(Said)
	if value.IsAbsent() {
		value = model.Null
	}
	return Judgment{
		ID:        text("id"),
		ParentID:  text(Parent),
		User:      text("user"),
		CreatedAt: created,
		Evaluator: ReadEvaluator(log.Member(evaluatorKey).Bytes()),
		Value:     value,
		Completed: log.Member(Done).Kind() == jsonraw.True,
		Log:       log,
	}
}

// Of lists the judgments that a log holds, in their order. Anything but an object is skipped.
func Of(log *model.Log) (list []Judgment) {
	held := log.Member(Nested).Bytes()
	for e := range jsonraw.EachElement(held) {
		if e.Kind != jsonraw.Object {
			continue
		}
		if nested, err := model.ParseLog(e.Val.Of(held)); err == nil {
			list = append(list, Read(nested))
		}
	}
	return list
}

// Standing is what one user has said with one evaluator.
type Standing struct {
	Evaluator Evaluator // of the newest judgment
	User      string
	Newest    Judgment
	Older     []Judgment // the newest of them first
}

// Withdrawn reports whether the newest judgment takes the ones before it back: then there is none.
func (s Standing) Withdrawn() bool { return !s.Newest.Value.IsSet() }

// Standings groups judgments of one log by evaluator and user, in the order in which each of these
// was first met. The newest of a group is that of the latest time, and of those the one that is
// last; one without a readable time is older than any other.
func Standings(list []Judgment) []Standing {
	type key struct{ evaluator, user string }
	at := map[key]int{}
	var all []Standing
	for _, j := range list {
		k := key{j.Evaluator.ID, j.User}
		i, known := at[k]
		if !known {
			at[k] = len(all)
			all = append(all, Standing{Evaluator: j.Evaluator, User: j.User, Newest: j})
			continue
		}
		all[i].take(j)
	}
	return all
}

// take puts a judgment that arrived later into its place.
func (s *Standing) take(j Judgment) {
	if !j.Before(s.Newest) {
		s.Older = append([]Judgment{s.Newest}, s.Older...)
		s.Newest, s.Evaluator = j, j.Evaluator
		return
	}
	i := 0
	for i < len(s.Older) && j.Before(s.Older[i]) {
		i++
	}
	s.Older = append(s.Older[:i], append([]Judgment{j}, s.Older[i:]...)...)
}

// Before reports whether a judgment was made before another. One without a readable time was made
// before all that have one.
func (j Judgment) Before(other Judgment) bool {
	x, _, errX := model.ParseTime(j.CreatedAt)
	y, _, errY := model.ParseTime(other.CreatedAt)
	if errX != nil || errY != nil {
		return errX != nil && errY == nil
	}
	return x.Before(y)
}

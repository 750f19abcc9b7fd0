package form

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/keys"
)

// editedLog is a log in which every key that changes a value has something to change.
const editedLog = `{"id":"log_a","prompt":{"id":"pr_1"},"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"}],
 "output":"At nine","error":"late","prompt_tokens":12,"tool_choice":"auto","created_at":"2025-03-01T10:00:00+02:00",
 "metadata":{"b":1,"a":"x","t":true,"l":[1,2]}}`

// sameBySet is a key that changes a value, how it is pressed in a field, and what errata set is
// told to do the same: assignments, or the words of --copy, --move and --remove behind these flags.
var sameBySet = []struct {
	do    keys.Action
	field string
	press string // keys with spaces between them; what follows ~ is typed
	set   []string
}{
	{keys.Null, "output", "x", []string{"output:=null"}},
	{keys.Edit, "output", "enter ~! esc", []string{"output=At nine!"}},
	{keys.AsText, "prompt_tokens", "t ~0 esc", []string{"prompt_tokens:=120"}},
	// its file comes back as what was typed
	{keys.External, "output", "enter ~! esc", []string{"output=At nine!"}},

	{keys.NodeAdd, "metadata", "enter a ~n:=5 enter", []string{"metadata.n:=5"}},
	{keys.NodeInside, "metadata", "enter j j j A ~3 enter", []string{`metadata.l+="3"`}},
	{keys.NodeInsert, "metadata", "enter i ~n=5 enter", []string{"metadata.n=5"}},
	{keys.NodeInsert, "metadata", "enter j j j l l i ~9 enter", []string{`metadata.l+="9"`, "--move", "metadata.l[-1]=metadata.l[0]"}},
	{keys.NodeDelete, "metadata", "enter x", []string{"--remove", "metadata.b"}},
	{keys.NodeDelete, "metadata", "enter j j j l l j x", []string{"--remove", "metadata.l[1]"}},
	{keys.NodeRename, "metadata", "enter r ~2 enter", []string{"--move", "metadata.b=metadata.b2"}},
	{keys.NodeTwin, "metadata", "enter D", []string{"--copy", "metadata.b=metadata.b_2"}},
	{keys.NodeTwin, "metadata", "enter j j j l l D", []string{"--copy", "metadata.l[0]=metadata.l[1]"}},
	{keys.NodeDown, "metadata", "enter j j j l l J", []string{"--move", "metadata.l[0]=metadata.l[1]"}},
	{keys.NodeUp, "metadata", "enter j j j l l j K", []string{"--move", "metadata.l[1]=metadata.l[0]"}},
	{keys.Toggle, "metadata", "enter j j space", []string{"metadata.t:=false"}},
	{keys.NodeRetype, "metadata", "enter T s", []string{"metadata.b=1"}},
	{keys.TypeString, "metadata", "enter T s", []string{"metadata.b=1"}},
	{keys.TypeNumber, "metadata", "enter j j T n", []string{"metadata.t:=1"}},
	{keys.TypeBoolean, "metadata", "enter T b", []string{"metadata.b:=true"}},
	{keys.TypeNull, "metadata", "enter T u", []string{"metadata.b:=null"}},
	{keys.TypeObject, "metadata", "enter j j j T o", []string{`metadata.l:={"0":1,"1":2}`}},
	{keys.TypeArray, "metadata", "enter T a", []string{"metadata.b:=[1]"}},

	{keys.AddMessage, "messages", "enter a ~new esc", []string{`messages+={"role":"assistant","content":"new"}`, "--move", "messages[-1]=messages[1]"}},
	{keys.InsertMessage, "messages", "enter i ~new esc", []string{`messages+={"role":"user","content":"new"}`, "--move", "messages[-1]=messages[0]"}},
	{keys.DeletePart, "messages", "enter x", []string{"--remove", "messages[0]"}},
	{keys.DuplicateMessage, "messages", "enter D", []string{"--copy", "messages[0]=messages[1]"}},
	{keys.MoveDown, "messages", "enter J", []string{"--move", "messages[0]=messages[1]"}},
	{keys.MoveUp, "messages", "enter } K", []string{"--move", "messages[1]=messages[0]"}},
	{keys.ChooseRole, "messages", "enter R s", []string{"messages[0].role=system"}},
	{keys.AddPart, "messages", "enter + n ~ann enter", []string{"messages[0].name=ann"}},
	{keys.SplitMessage, "messages", "enter j enter home alt+s esc",
		[]string{"messages[0].content=", `messages+={"role":"user","content":"one"}`, "--move", "messages[-1]=messages[1]"}},
	{keys.JoinMessages, "messages", "enter M", []string{"messages[0].content=one\n\ntwo", "--remove", "messages[1]"}},

	{keys.Up, "prompt_tokens", "enter alt+up enter", []string{"prompt_tokens=13"}},
	{keys.Down, "tool_choice", "enter alt+down enter", []string{"tool_choice=required"}},
	{keys.UTC, "created_at", "enter alt+u enter", []string{"created_at=2025-03-01T08:00:00Z"}},
}

// notBySet are keys that change no value that is not changed by another as well, with what a script
// has instead.
var notBySet = map[keys.Action]string{
	keys.Undo:   "an assignment that is not wanted is not made; errata undo takes back what was sent",
	keys.Redo:   "the same",
	keys.Open:   "errata undo of the entry under the cursor",
	keys.Revert: "the same",

	keys.FillIn: "errata fill", keys.Mark: "errata fill FIELD...", keys.All: "errata fill --all", keys.Accept: "errata fill FIELD",
	keys.Send: "errata set sends", keys.SendNext: "errata set sends", keys.LeaveOut: "the assignment is not made",
	keys.Say: "errata judge, or errata set for a tag", keys.Again: "the same for another log", keys.Note: "errata judge, or errata set metadata.note=",
	keys.CompleteLog: "errata judge and errata set send",
	keys.Retry:       "the same command again, or errata batch resume",
	keys.Mine:        "--on-conflict mine", keys.Theirs: "--on-conflict theirs",
	keys.Take: "errata set with the value that errata get prints of the other log",

	keys.Local: "a time is assigned as its text", keys.Now: "the same", keys.MinuteUp: "the same", keys.MinuteDown: "the same",
}

// Everything that a key does to a value a command does as well.
func TestEveryEditHasItsCommand(t *testing.T) {
	for _, test := range sameBySet {
		d := drive(t, editedLog, 120, 40).at(test.field)
		for _, key := range strings.Fields(test.press) {
			pressOrType(d, key)
		}
		d.press("esc", "esc")
		log, err := model.ParseLog([]byte(editedLog))
		if err != nil {
			t.Fatal(err)
		}
		changes := model.NewChangeSet(log)
		if err := changes.Carry(editsOf(t, test.set)); err != nil {
			t.Errorf("%s: %v", test.do, err)
		}
		if got, want := d.m.changes.Patch(), changes.Patch(); !jsonraw.Equal(got, want) || len(want) <= len("{}") {
			t.Errorf("%s: %s makes\n%s, but set %q\n%s", test.do, test.press, got, test.set, want)
		}
	}
}

// A key that changes a value is in one of the two tables above.
func TestEveryEditIsListed(t *testing.T) {
	listed := map[keys.Action]bool{}
	for _, test := range sameBySet {
		listed[test.do] = true
	}
	for _, m := range keys.Maps {
		steps := m.Title == keys.LineEditor.Title || m.Title == keys.Clock.Title || m.Title == keys.Choice.Title
		for _, b := range m.Bindings() {
			if (b.Changes || steps || b.Do == keys.Edit || b.Do == keys.External || b.Do == keys.AsText) && !listed[b.Do] && notBySet[b.Do] == "" {
				t.Errorf("%s: %q changes a value, and no command is known that does the same", m.Title, b.Do)
			}
		}
	}
}

func pressOrType(d *driver, key string) {
	text, typed := strings.CutPrefix(key, "~")
	switch {
	case typed:
		d.write(text)
	case key == "space":
		d.press(" ")
	case strings.HasPrefix(key, "alt+") && len(key) == len("alt+x"):
		d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key[len("alt+"):]), Alt: true})
	default:
		d.press(key)
	}
}

// editsOf reads what errata set is told.
func editsOf(t *testing.T, args []string) (e model.Edits) {
	t.Helper()
	for len(args) > 0 {
		var err error
		var next model.Transfer
		used := 2
		switch args[0] {
		case "--remove":
			var gone model.Target
			gone, err = model.ParseTarget(args[1])
			e.Remove = append(e.Remove, gone)
		case "--copy", "--move":
			next.Move = args[0] == "--move"
			next.From, next.To, err = model.ParseTransfer(args[1])
			e.Transfers = append(e.Transfers, next)
		default:
			var a model.Assignment
			a, err = model.ParseAssignment(args[0])
			e.Assign, used = append(e.Assign, a), 1
		}
		if err != nil {
			t.Fatal(err)
		}
		args = args[used:]
	}
	return e
}

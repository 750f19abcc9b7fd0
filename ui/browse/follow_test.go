package browse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// stream is a Follow whose logs a test puts in.
type stream struct {
	t    *testing.T
	came []string
	fail error
}

func (s *stream) Begin(context.Context) error { return s.fail }
func (s *stream) Pause() time.Duration        { return time.Second }

func (s *stream) Next(context.Context) (logs []*model.Log, err error) {
	for _, doc := range s.came {
		l, err := model.ParseLog([]byte(doc))
		if err != nil {
			s.t.Fatal(err)
		}
		logs = append(logs, l)
	}
	s.came = nil
	return logs, s.fail
}

// follows is a screen that follows a stream on a clock of its own: time passes by tick.
type follows struct {
	*driver
	stream *stream
	asked  []Query
	looks  []tea.Cmd // that wait for their time
}

func followed(t *testing.T, l Loader) *follows {
	t.Helper()
	f := &follows{stream: &stream{t: t}}
	o := options()
	o.Follow = func(q Query) (Follow, error) {
		f.asked = append(f.asked, q)
		return f.stream, nil
	}
	o.Sleep = func(<-chan struct{}, time.Duration) bool { return true }
	f.driver = staged(t, New(l, theme.None(), o))
	f.SetSize(80, 24)
	f.Run(f.Init())
	return f
}

// give passes a message, and carries commands out but for those that look for new logs.
func (f *follows) give(msg tea.Msg) *follows {
	cmd, want := f.Model.Update(msg)
	if want != nil {
		f.Said = append(f.Said, want)
	}
	f.do(cmd)
	return f
}

func (f *follows) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	uitest.Carry(cmd, f.do, func(msg tea.Msg) {
		if _, came := msg.(cameMsg); came {
			f.looks = append(f.looks, func() tea.Msg { return msg })
			return
		}
		f.give(msg)
	})
}

// tick lets the time of the next look come: these logs are there then.
func (f *follows) tick(docs ...string) {
	f.stream.came = docs
	token := f.following.token
	logs, err := f.stream.Next(f.t.Context())
	f.looks = nil
	f.give(cameMsg{token, logs, err})
}

func TestNewLogsComeInAbove(t *testing.T) {
	t.Parallel()
	f := followed(t, &shelf{t: t, docs: docs(40)})
	f.press("j", "j")
	f.give(uitest.Key("F"))
	f.wants("following")
	before := f.frame()
	f.tick()
	if f.frame() != before {
		t.Error("a look that finds nothing changes the screen")
	}
	f.tick(doc(101), doc(102), doc(0))
	f.at("log_002")
	f.wants("following: 2 new")
	if got := f.IDs()[:3]; !slices.Equal(got, []string{"log_102", "log_101", "log_000"}) || f.top != 0 {
		t.Errorf("first stand %q, from row %d", got, f.top)
	}
	f.press("G") // what is looked at stays where it is once somebody has scrolled
	row := f.cursor - f.top
	f.tick(doc(103))
	if f.at("log_039"); f.cursor-f.top != row {
		t.Errorf("the cursor moved from row %d to %d", row, f.cursor-f.top)
	}
	f.give(uitest.Key("esc")).lacks("following")
	f.tick(doc(104))
	if slices.Contains(f.IDs(), "log_104") {
		t.Error("it follows on")
	}
}

// The total of a list that is not read to its end counts what came above it, also when more of it
// is read.
func TestTheTotalFollows(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(400)}
	f := followed(t, s)
	f.give(uitest.Key("F"))
	f.wants("50 of 400")
	f.tick(doc(1001), doc(1002))
	f.wants("52 of 402")
	f.press("G")
	f.wants("of 402")
	s.docs = s.docs[:0:0]
	for n := range 300 {
		s.docs = append(s.docs, doc(2000+n))
	}
	f.give(uitest.Key("R"))
	f.wants("of 300") // fewer than before, and known anew
}

// What comes while the list is read again is there once, whether the list has it or not.
func TestNewLogsWhileTheListIsRead(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(3)}
	f := followed(t, s)
	f.give(uitest.Key("F"))
	f.Hold = true
	s.docs = append([]string{doc(101)}, s.docs...)
	f.Give(uitest.Key("R"))
	f.tick(doc(101), doc(102))
	f.Release()
	if got := f.IDs(); !slices.Equal(got, []string{"log_102", "log_101", "log_000", "log_001", "log_002"}) {
		t.Errorf("it shows %q", got)
	}
}

// Another filter is followed from then on; a server that does not answer is told once.
func TestWhatIsFollowed(t *testing.T) {
	t.Parallel()
	f := followed(t, &shelf{t: t, docs: docs(30)})
	f.give(uitest.Key("F"))
	f.give(uitest.Key("1"))
	if n := len(f.asked); n != 2 || !f.asked[1].Errors {
		t.Errorf("followed were %+v", f.asked)
	}
	f.stream.fail = errors.New("no answer from the server")
	f.tick()
	f.wants("following: no answer", "still following: no answer from the server")
	f.give(uitest.Key("j"))
	f.tick()
	f.lacks("still following")
	f.stream.fail = nil
	f.tick(doc(109))
	f.wants("following: 1 new")
	f.give(uitest.Key("F")).lacks("following:")
	f.stream.fail = fmt.Errorf("no prompt")
	f.give(uitest.Key("F")).wants("new logs cannot be followed: no prompt")
}

func TestNewLogsInASortedTable(t *testing.T) {
	t.Parallel()
	f := followed(t, &shelf{t: t, docs: docs(9)})
	f.press("s") // the oldest first
	f.give(uitest.Key("F"))
	f.press("j")
	id, _ := f.Selected()
	f.tick(doc(101), doc(50))
	f.at(id)
	if got := len(f.IDs()); got != 11 || !slices.IsSortedFunc(f.rows, f.before) {
		t.Errorf("%d rows, in order %v", got, f.IDs())
	}
}

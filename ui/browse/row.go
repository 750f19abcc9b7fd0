package browse

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strconv"
	"unique"

	"errata/model"
	"errata/model/charset"
	"errata/model/columns"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

// row is a log of the table: what is shown of it, but not its document. There may be very many
// rows, so the texts of one are in one string, and names that repeat are held once.
type row struct {
	texts   texts
	created int64 // in nanoseconds since 1970, or undated

	prompt, promptID, model unique.Handle[string]

	place int32  // its place in the list as it came
	made  uint16 // the shape that it was made in

	failed    bool // the log has an error
	judged    bool // somebody has judged it
	asked     bool // it was asked whether the log was corrected
	corrected bool
}

// shape is what rows hold beside what all of them do: what is at the paths of columns.
type shape struct {
	paths []columns.Column
	made  uint16 // tells shapes apart
}

// undated is the time of a log whose time cannot be read.
const undated = math.MinInt64

// wordsMost is how many bytes of a question and of an output a row holds: more than it has room for
// in any window.
const wordsMost = 110

// The texts of a row.
const (
	textID      = iota
	textCreated // where it cannot be read
	textTokens
	textCost
	textLatency
	textQuestion
	textOutput // the error's words where there is an error
	textMore   // what is at the first path, and those behind it
)

func newRow(l *model.Log, s shape) *row {
	sum := l.Summarize()
	r := &row{
		created: undated,
		prompt:  unique.Make(sum.Prompt), promptID: unique.Make(sum.PromptID), model: unique.Make(sum.Model),
		failed: sum.Status != "ok", judged: isJudged(l), made: s.made,
	}
	if t, _, err := model.ParseTime(sum.Created); err == nil && t.Year() >= firstYear && t.Year() <= lastYear {
		r.created, sum.Created = t.UnixNano(), ""
	}
	list := make([]string, 0, textMore+len(s.paths))
	list = append(list, sum.ID, sum.Created, sum.Tokens, sum.Cost, sum.Latency, charset.Head(sum.Question, wordsMost), charset.Head(sum.Output, wordsMost))
	for _, c := range s.paths {
		list = append(list, charset.Head(c.Text(l.Bytes()), wordsMost))
	}
	r.texts = newTexts(list...)
	return r
}

// isJudged reports whether somebody's judgment of a log stands.
func isJudged(l *model.Log) bool {
	return slices.ContainsFunc(judgment.Standings(judgment.Of(l)), func(s judgment.Standing) bool { return !s.Withdrawn() })
}

// The years whose nanoseconds a row can hold.
const (
	firstYear = 1700
	lastYear  = 2200
)

func (r *row) id() string { return r.texts.at(textID) }

// texts are several texts in one string, each behind its length.
type texts string

func newTexts(list ...string) texts {
	size := 0
	for _, text := range list {
		size += len(text) + binary.MaxVarintLen16
	}
	all := make([]byte, 0, size)
	for _, text := range list {
		all = append(binary.AppendUvarint(all, uint64(len(text))), text...)
	}
	return texts(all)
}

// at is one of the texts, "" if there are not so many.
func (t texts) at(n int) string {
	for at := 0; at < len(t); n-- {
		size, digits := 0, 0
		for shift := 0; ; shift += 7 {
			b := t[at+digits]
			digits++
			if size |= int(b&0x7f) << shift; b < 0x80 {
				break
			}
		}
		at += digits
		if n == 0 {
			return string(t[at : at+size])
		}
		at += size
	}
	return ""
}

// number is a number that can be compared.
type number struct {
	literal string
	about   float64
	known   bool
}

func newNumber(literal string) number {
	if _, ok := jsonraw.ParseDecimal([]byte(literal)); !ok {
		return number{}
	}
	about, _ := strconv.ParseFloat(literal, 64) // one that is too large is infinite
	return number{literal, about, true}
}

// compare orders numbers, an unknown one before all others.
func (n number) compare(o number) int {
	switch {
	case n.known != o.known:
		if o.known {
			return -1
		}
		return 1
	case n.about != o.about || n.literal == o.literal:
		return cmp.Compare(n.about, o.about)
	}
	return n.exactly(o)
}

// exactly compares numbers that are near each other.
func (n number) exactly(o number) int {
	value, _ := jsonraw.ParseDecimal([]byte(n.literal))
	minus := "-" + o.literal
	if o.literal[0] == '-' {
		minus = o.literal[1:]
	}
	negative, _ := jsonraw.ParseDecimal([]byte(minus))
	difference, ok := value.Add(negative)
	if !ok {
		return cmp.Compare(n.about, o.about)
	}
	return difference.Sign()
}

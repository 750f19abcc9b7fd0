package editor

// state is a text and the cursor in it: what undo goes back to.
type state struct {
	text   rope
	cursor int
}

// run is a row of keys that make one step of undo: typing up to the start of the next word, or
// deleting.
type run struct {
	kind  kind
	at    int  // where the next key of the run must happen
	blank bool // the last character typed was blank
}

type kind int

const (
	none kind = iota
	typing
	erasing
)

// step begins a step of undo.
func (m *Model) step() {
	m.done = append(m.done, state{m.text, m.cursor})
	m.undone = nil
	m.run = run{}
}

// resume begins a step of undo unless this key continues with the last one.
func (m *Model) resume(k kind, blank bool) {
	goesOn := m.run.kind == k && m.run.at == m.cursor && (blank || !m.run.blank)
	if !goesOn {
		m.step()
	}
}

// change makes text the text, with the cursor at a byte of it.
func (m *Model) change(text rope, cursor int) {
	m.text = text
	m.version++
	m.matches, m.match = nil, -1
	m.layout()
	_, m.cursor = m.cluster(cursor)
	m.column = -1
	m.reveal()
}

// replace puts b instead of some bytes, and the cursor behind it. b must not change afterwards.
func (m *Model) replace(from, to int, b []byte) {
	m.change(splice(m.text, from, to, b), from+len(b))
}

// typed inserts what a key types.
func (m *Model) typed(text string) {
	blank := text == " " || text == "\n" || text == "\t"
	m.resume(typing, blank)
	m.replace(m.cursor, m.cursor, []byte(text))
	m.run = run{kind: typing, at: m.cursor, blank: blank}
}

// erase deletes a cluster as one of a run of such keys.
func (m *Model) erase(from, to int) {
	if from >= to {
		return
	}
	m.resume(erasing, false)
	m.replace(from, to, nil)
	m.run = run{kind: erasing, at: m.cursor}
}

// remove deletes bytes as a step of its own.
func (m *Model) remove(from, to int) {
	if from >= to {
		return
	}
	m.step()
	m.replace(from, to, nil)
}

func (m *Model) backspace()     { m.erase(m.before(m.cursor), m.cursor) }
func (m *Model) delete()        { m.erase(m.cursor, m.after(m.cursor)) }
func (m *Model) deleteToStart() { m.remove(m.text.lineStart(m.text.lineOf(m.cursor)), m.cursor) }
func (m *Model) newline()       { m.typed("\n") }

// deleteWord deletes the word before the cursor, within the line; at its start, the line break.
func (m *Model) deleteWord() {
	start := m.text.lineStart(m.text.lineOf(m.cursor))
	if start == m.cursor {
		m.remove(m.before(m.cursor), m.cursor)
		return
	}
	m.remove(max(m.wordBefore(m.cursor), start), m.cursor)
}

// deleteToEnd deletes up to the end of the line; at the end, the line break.
func (m *Model) deleteToEnd() {
	if end := m.lineEnd(m.cursor); end > m.cursor {
		m.remove(m.cursor, end)
		return
	}
	m.remove(m.cursor, m.after(m.cursor))
}

func (m *Model) undo() { m.travel(&m.done, &m.undone) }
func (m *Model) redo() { m.travel(&m.undone, &m.done) }

// travel goes to the latest state of one list and leaves the present one on the other.
func (m *Model) travel(from, to *[]state) {
	last := len(*from) - 1
	if last < 0 {
		return
	}
	s := (*from)[last]
	*from = (*from)[:last]
	*to = append(*to, state{m.text, m.cursor})
	m.run = run{}
	m.change(s.text, s.cursor)
}

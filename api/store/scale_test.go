package store_test

import (
	"bytes"
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"errata/api"
	"errata/api/store"
	"errata/model"
)

// scaleVariable names the sizes that TestScale measures, "10000,100000,1000000" say. Without it a
// small store shows that the measuring works.
const scaleVariable = "ERRATA_SCALE"

// scaleDirVariable names a directory in which TestScale keeps the stores that it has filled, and
// takes a copy of one that is there: to fill a large one takes most of the time.
const scaleDirVariable = "ERRATA_SCALE_DIR"

// rareEach and commonEach are how many logs there are to one that holds the rare and the common
// word.
const (
	rareWord, rareEach     = "quokkapede", 5000
	commonWord, commonEach = "settlement", 3
)

// corpus writes logs of about 2 KB, always the same ones.
type corpus struct {
	rand  *rand.Rand
	words []string
	start time.Time
}

func newCorpus() *corpus {
	c := &corpus{rand: rand.New(rand.NewPCG(7, 7)), start: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
	syllables := strings.Fields("an ber cal dor el fin gra hol in jun ker lo man nor op per qui ras sen ter ul ven wal yor zen ti co re de st")
	for range 8000 {
		var w string
		for range 1 + c.rand.IntN(4) {
			w += syllables[c.rand.IntN(len(syllables))]
		}
		c.words = append(c.words, w)
	}
	return c
}

// text is about n bytes of words, of which some are much likelier than others.
func (c *corpus) text(n int) string {
	var b strings.Builder
	for b.Len() < n {
		x := c.rand.Float64()
		b.WriteString(c.words[int(float64(len(c.words))*x*x*x)])
		b.WriteByte(' ')
	}
	return b.String()
}

// scaleID is the id of log i: in no order.
func scaleID(i int) string {
	r := rand.New(rand.NewPCG(uint64(i), 11))
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	id := []byte("log_")
	for range 21 {
		id = append(id, letters[r.IntN(len(letters))])
	}
	return string(id)
}

func (c *corpus) log(i int) []byte {
	output := c.text(420)
	if i%rareEach == 17 {
		output += rareWord
	}
	if i%commonEach == 1 {
		output += commonWord
	}
	at := c.start.Add(time.Duration(i)*time.Second + time.Duration(c.rand.IntN(600))*time.Second)
	return fmt.Appendf(nil, `{"id":%q,"output_message":{"role":"assistant","content":%q},"prompt_tokens":%d,"output_tokens":%d,"prompt_cost":0.0%d,"finish_reason":"stop",`+
		`"messages":[{"role":"system","content":%q},{"role":"user","content":%q}],"output":%q,"created_at":%q,"error":null,"provider_latency":1.%d,`+
		`"inputs":{"question":%q},"source":"app","metadata":{"user":"u%d","tag":%q},"prompt":{"path":"scale/main","id":"pr_scale","name":"main","version_id":"prv_%d",`+
		`"type":"prompt","model":"m-1","template":%q,"temperature":0.7,"created_at":"2024-01-01T00:00:00","environments":[],"inputs":[{"name":"question"}]},"evaluator_logs":[]}`,
		scaleID(i), output, 100+i%900, i%400, i%10, c.text(150), c.text(150), output, at.Format(time.RFC3339Nano), i%10,
		c.text(160), i%5000, c.words[i%50], i%3, c.text(200))
}

// TestScale prints what the store does at each size, side by side.
func TestScale(t *testing.T) {
	sizes := os.Getenv(scaleVariable)
	if sizes == "" {
		sizes = "1000"
	}
	var columns [][]figure
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil {
			t.Fatalf("%s: %v", scaleVariable, err)
		}
		columns = append(columns, measure(t, n))
	}
	var table bytes.Buffer
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	for row := range columns[0] {
		fmt.Fprintf(w, "%s\t", columns[0][row].name)
		for _, column := range columns {
			fmt.Fprintf(w, "%s\t", column[row].value)
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	t.Logf("\n%s", table.String())
}

type figure struct{ name, value string }

// measure fills a store and asks it everything.
func measure(t *testing.T, n int) (list []figure) {
	t.Helper()
	add := func(name, format string, args ...any) {
		list = append(list, figure{name, fmt.Sprintf(format, args...)})
	}
	add("logs", "%d", n)
	path, rate := filled(t, n)
	// what follows is another process's work, as far as memory is concerned
	debug.FreeOSMemory()
	forgetRSS()
	s := open(t, path)
	add("import with the search index, logs/s", "%s", rate)
	r := rand.New(rand.NewPCG(uint64(n), 3))
	rounds := min(n/10, 1000)
	times := func(name string, rounds int, f func(i int)) {
		var spent []time.Duration
		for i := range rounds {
			start := time.Now()
			f(i)
			spent = append(spent, time.Since(start))
		}
		slices.Sort(spent)
		at := func(share int) string { return short(spent[(len(spent)-1)*share/100]) }
		if strings.HasPrefix(name, "PATCH") {
			add(name, "%s / %s / %s / %s", at(50), at(95), at(99), at(100))
			return
		}
		add(name, "%s / %s", at(50), at(95))
	}
	times("get, p50 / p95", rounds, func(int) { get(t, s, scaleID(r.IntN(n))) })
	page := func(q api.LogQuery) func(int) {
		return func(int) {
			q.FileID = "pr_scale"
			if _, err := s.Logs(t.Context(), q); err != nil {
				t.Fatal(err)
			}
		}
	}
	times("page 1 of 10", 100, page(api.LogQuery{Size: 10}))
	times("page 1,000 of 10", 100, page(api.LogQuery{Page: 1000, Size: 10}))
	times("page 1 of 100", 100, page(api.LogQuery{Size: 100}))
	times("page 1,000 of 100", 100, page(api.LogQuery{Page: 1000, Size: 100}))
	times("a page in the middle of 100", 100, page(api.LogQuery{Page: max(n/200, 1), Size: 100}))
	times("page 1,000 of 10, one version", 100, page(api.LogQuery{Page: 1000, Size: 10, VersionID: "prv_1"}))
	times("page 100 of 10, of some days", 100, page(api.LogQuery{Page: 100, Size: 10, StartDate: "2024-01-01T01:00:00Z", EndDate: "2024-01-05T00:00:00Z"}))
	times("search, rare word", 20, page(api.LogQuery{Size: 10, Search: strings.ToUpper(rareWord)}))
	add("exact total of a common word, counted", "%s", short(exactly(t, s, n)))
	times("search, common word", 20, func(i int) { page(api.LogQuery{Size: 10, Search: commonWord[:len(commonWord)-i%3]})(i) })
	times("search, no such word", 20, page(api.LogQuery{Size: 10, Search: "xylophonist"}))
	everywhere := []string{"all"}
	times("search in all places, rare word", 20, page(api.LogQuery{Size: 10, Search: rareWord, SearchIn: everywhere}))
	times("search in all places, common word", 20, page(api.LogQuery{Size: 10, Search: commonWord, SearchIn: everywhere}))
	times("search in all places, a AND b", 20, page(api.LogQuery{Size: 10, Search: rareWord + " AND " + commonWord, SearchIn: everywhere}))
	times("search in all places, a OR b", 20, page(api.LogQuery{Size: 10, Search: rareWord + " OR xylophonist", SearchIn: everywhere}))
	for name, look := range beside(t, path, s) {
		times(name, 5, func(int) { look(rareWord) })
	}
	times("metadata search, user", 20, page(api.LogQuery{Size: 10, MetadataSearch: `"user": "U77"`}))
	times("part of an id", 20, func(i int) { page(api.LogQuery{Size: 10, IDs: []string{scaleID(i % n)[3:12]}})(i) })
	counted := (n + commonEach - 2) / commonEach
	times("exact total of a common word, after a PATCH of a hit", 20, func(int) {
		i := 1 + commonEach*(n/commonEach/2)
		if _, err := s.UpdateLog(t.Context(), "pr_scale", scaleID(i), fmt.Appendf(nil, `{"output":"%s %d"}`, commonWord, r.Int()), ""); err != nil {
			t.Fatal(err)
		}
		if got := totalOf(t, s, 1); got != counted {
			t.Errorf("total %d, want %d", got, counted)
		}
	})

	patch := func(body string) func(int) {
		return func(i int) {
			if _, err := s.UpdateLog(t.Context(), "pr_scale", scaleID(r.IntN(n)), fmt.Appendf(nil, body, i), ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	c := newCorpus()
	words := c.text(400)
	patches := min(n/2, 2000)
	times("PATCH error, p50 / p95 / p99 / most", patches, patch(`{"error":"try %d"}`))
	times("PATCH output", patches, patch(`{"output":"`+words+`%d"}`))
	times("PATCH created_at", patches, patch(`{"created_at":"2024-02-03T04:05:06.%06dZ"}`))
	update, empty := bare(t, path, n)
	rates := compare(3, min(n/10, 2000), empty, patch(`{"error":"again %d"}`), patch(`{"output":"`+words+` again %d"}`), update)
	add("PATCH error, a second", "%.0f", rates[0])
	add("PATCH output, a second", "%.0f", rates[1])
	add("bare SQLite update, a second", "%.0f", rates[2])
	add("PATCH by bare, error / output", "%.2f / %.2f", rates[0]/rates[2], rates[1]/rates[2])
	add("RSS, MiB", "%d", rss(t))
	add("most RSS, MiB", "%d", maxRSS(t))
	if info, err := os.Stat(path); err == nil {
		add("file, bytes a log", "%d", info.Size()/int64(n))
	}
	return list
}

// filled is a store of n logs, and how many a second it took in.
func filled(t *testing.T, n int) (path, rate string) {
	t.Helper()
	path, rate = filepath.Join(t.TempDir(), "errata.db"), "-"
	kept := filepath.Join(cmp.Or(os.Getenv(scaleDirVariable), t.TempDir()), fmt.Sprintf("errata-%d.db", n))
	if _, err := os.Stat(kept); err != nil {
		s := open(t, kept)
		took := fill(t, s, n)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		rate = fmt.Sprintf("%.0f", float64(n)/took.Seconds())
	}
	if os.Getenv(scaleDirVariable) == "" {
		return kept, rate
	}
	from, err := os.Open(kept)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = from.Close() }()
	to, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(to, from); errors.Join(err, to.Close()) != nil {
		t.Fatal(err)
	}
	return path, rate
}

// beside are other ways to look for a word in all logs: SQLite's LIKE over the same file, and grep
// over the documents, a line each. What they find is counted, and has to be there.
func beside(t *testing.T, path string, s *store.Store) iter.Seq2[string, func(word string)] {
	t.Helper()
	lines := filepath.Join(t.TempDir(), "logs.jsonl")
	f, err := os.Create(lines)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Walk(t.Context(), "pr_scale", func(doc []byte) error {
		_, err := f.Write(append(doc[:len(doc):len(doc)], '\n'))
		return err
	})
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return func(yield func(string, func(string)) bool) {
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		like := func(word string) {
			var n int
			if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM logs WHERE CAST(doc AS TEXT) LIKE ?", "%"+word+"%").Scan(&n); err != nil || n == 0 {
				t.Errorf("LIKE: %d, %v", n, err)
			}
		}
		grep := func(word string) {
			if out, err := exec.CommandContext(t.Context(), "grep", "-c", "-i", "-F", word, lines).Output(); err != nil || string(out) == "0\n" {
				t.Errorf("grep: %s, %v", out, err)
			}
		}
		if yield("beside: SQLite LIKE, rare word", like) {
			yield("beside: grep -i, rare word", grep)
		}
	}
}

func short(d time.Duration) string {
	if d > 100*time.Millisecond {
		return d.Round(time.Millisecond).String()
	}
	return d.Round(10 * time.Microsecond).String()
}

// fill imports n logs the way errata import does: while one goroutine stores ten thousand, others
// make the next ready. What it takes to make up the logs does not count.
func fill(t testing.TB, s *store.Store, n int) (took time.Duration) {
	t.Helper()
	const batch, round = 10000, 50000
	c := newCorpus()
	for from := 0; from < n; from += round {
		var batches [][][]byte
		for i := from; i < min(from+round, n); i++ {
			if (i-from)%batch == 0 {
				batches = append(batches, nil)
			}
			raw := c.log(i)
			batches[len(batches)-1] = append(batches[len(batches)-1], raw)
		}
		start := time.Now()
		ready := make(chan []*store.Entry)
		go func() {
			defer close(ready)
			for _, raw := range batches {
				ready <- prepare(t, raw)
			}
		}()
		for entries := range ready {
			if _, err := s.ImportAll(t.Context(), entries); err != nil {
				t.Error(err)
			}
		}
		took += time.Since(start)
	}
	return took
}

// prepare makes logs ready with two goroutines.
func prepare(t testing.TB, raw [][]byte) []*store.Entry {
	entries := make([]*store.Entry, len(raw))
	var all sync.WaitGroup
	for w := range 2 {
		all.Go(func() {
			for i := w; i < len(raw); i += 2 {
				e, err := store.Prepare(raw[i])
				if err != nil {
					t.Error(err)
					return
				}
				entries[i] = e
			}
		})
	}
	all.Wait()
	return entries
}

// exactly waits for the exact total of a search that a third of the logs match, and that was not
// counted before.
func exactly(t *testing.T, s *store.Store, n int) time.Duration {
	t.Helper()
	want := (n + commonEach - 2) / commonEach
	start := time.Now()
	for {
		got := totalOf(t, s, 2)
		if got == want {
			return time.Since(start)
		}
		if got < want || time.Since(start) > time.Minute {
			t.Fatalf("total %d, want %d", got, want)
		}
	}
}

// totalOf is the total that a page of a search for the common word tells.
func totalOf(t *testing.T, s *store.Store, number int) int {
	t.Helper()
	raw, err := s.Logs(t.Context(), api.LogQuery{FileID: "pr_scale", Size: 1, Page: number, Search: strings.ToUpper(commonWord)})
	if err != nil {
		t.Fatal(err)
	}
	page, err := model.ParsePage(raw)
	if err != nil {
		t.Fatal(err)
	}
	return page.Total
}

// compare says how often a second each of some things can be done. They take turns, so that all
// meet the same machine, each turn so long that it has its share of what comes only now and then.
// Before each turn, ready is called.
func compare(rounds, each int, ready func(), things ...func(i int)) []float64 {
	took := make([]time.Duration, len(things))
	for round := range rounds {
		for k, thing := range things {
			ready()
			start := time.Now()
			for i := range each {
				thing(round*each + i)
			}
			took[k] += time.Since(start)
		}
	}
	var rates []float64
	for _, d := range took {
		rates = append(rates, float64(rounds*each)/d.Seconds())
	}
	return rates
}

// bare does with SQLite alone what a PATCH asks of it: a new document for an id, on disk when it
// returns. empty moves the write-ahead log into the database, so that nobody is charged with what
// others have written.
func bare(t *testing.T, path string, n int) (update func(i int), empty func()) {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_txlock=immediate&_busy_timeout=5000&_synchronous=FULL")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	doc := newCorpus().log(1)
	r := rand.New(rand.NewPCG(1, 1))
	update = func(i int) {
		// to store the same again would cost nothing
		other := fmt.Appendf(doc[:len(doc)-1:len(doc)-1], `,"again":%d}`, i)
		done, err := db.ExecContext(t.Context(), "UPDATE logs SET doc = ? WHERE id = ?", other, scaleID(r.IntN(n)))
		if err != nil {
			t.Fatal(err)
		}
		if changed, _ := done.RowsAffected(); changed != 1 {
			t.Fatal("no row was changed")
		}
	}
	empty = func() {
		if _, err := db.ExecContext(t.Context(), "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
			t.Fatal(err)
		}
	}
	return update, empty
}

func rss(t *testing.T) int    { return status(t, "VmRSS:") }
func maxRSS(t *testing.T) int { return status(t, "VmHWM:") }

// forgetRSS makes the system forget the most memory that this process ever had.
func forgetRSS() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o200) }

// status reads a size of this process in MiB, 0 if there is none to read.
func status(t *testing.T, name string) int {
	t.Helper()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == name {
			kib, _ := strconv.Atoi(fields[1])
			return kib >> 10
		}
	}
	return 0
}

// TestScaleServer is the part of TestScale that a server is asked: how many PATCHes it takes, and
// how many bare updates.
func TestScaleServer(t *testing.T) {
	address := onPostgres(t).database(t)
	const n = 1000
	s := open(t, address)
	took := fill(t, s, n)
	r := rand.New(rand.NewPCG(4, 4))
	patch := func(body string) func(int) {
		return func(i int) {
			if _, err := s.UpdateLog(t.Context(), "pr_scale", scaleID(r.IntN(n)), fmt.Appendf(nil, body, i), ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	doc := newCorpus().log(1)
	update := func(int) {
		if _, err := db.ExecContext(t.Context(), "UPDATE logs SET doc = $1 WHERE id = $2", doc, []byte(scaleID(r.IntN(n)))); err != nil {
			t.Fatal(err)
		}
	}
	rates := compare(25, 20, func() {}, patch(`{"error":"again %d"}`), patch(`{"output":"another text %d"}`), update)
	t.Logf("PostgreSQL: import %.0f logs/s; PATCH error %.0f, output %.0f, bare update %.0f a second: %.2f and %.2f of it",
		n/took.Seconds(), rates[0], rates[1], rates[2], rates[0]/rates[2], rates[1]/rates[2])
}

package browse

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"errata/model"
	"errata/ui/theme"
)

// endless is a Loader of logs of about 2 KB that are made as they are asked for.
type endless struct{ n, at int }

func (e *endless) List(Query) Cursor { return e }

func (e *endless) Next(_ context.Context, n int) ([]*model.Log, error) {
	var logs []*model.Log
	for ; len(logs) < n && e.at < e.n; e.at++ {
		words := strings.Repeat("the loaf came out pale and flat, ", 15)
		doc := strings.Replace(doc(e.at), `"messages":`, fmt.Sprintf(`"metadata":{"row":%d},"inputs":{"text":"%s"},"messages":`, e.at, words), 1)
		doc = strings.Replace(doc, "log_", fmt.Sprintf("log_%07d", e.at), 1)
		doc = strings.NewReplacer("question", words+"question", "answer", words+"answer").Replace(doc)
		log, err := model.ParseLog([]byte(doc))
		if err != nil {
			return nil, err
		}
		logs = append(logs, log)
	}
	if len(logs) == 0 {
		return nil, io.EOF
	}
	return logs, nil
}

// BenchmarkPageDown goes through 50,000 rows by page down, and says what a row takes in memory, and
// how much longer a page of the last tenth takes than one of the first.
func BenchmarkPageDown(b *testing.B) {
	const rows = 50_000
	for b.Loop() {
		before := heap()
		l := &endless{n: rows}
		d := staged(nil, New(l, theme.For("dark", theme.Terminal{}), Options{}))
		d.SetSize(80, 24)
		d.Run(d.Init())
		var first, last time.Duration
		pages := 0
		for began := time.Now(); !d.source.done || d.cursor < len(d.rows)-1; pages++ {
			d.press("pgdown")
			_ = d.View()
			if d.cursor < rows/10 {
				first = time.Since(began)
			}
			if d.cursor < rows*9/10 {
				last = time.Since(began)
			} else if d.source.done && d.cursor == len(d.rows)-1 {
				last = time.Since(began) - last
			}
		}
		b.ReportMetric(float64(heap()-before)/rows, "B/row")
		b.ReportMetric(last.Seconds()/first.Seconds(), "last/first")
		b.ReportMetric(0, "ns/op")
		runtime.KeepAlive(d)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkDown moves the cursor down and draws the screen, as every key does.
func BenchmarkDown(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			d := staged(nil, New(&endless{n: 1000}, theme.For("dark", theme.Terminal{}), Options{}))
			d.SetSize(size[0], size[1])
			d.Run(d.Init())
			for b.Loop() {
				d.press("j")
				_ = d.View()
			}
		})
	}
}

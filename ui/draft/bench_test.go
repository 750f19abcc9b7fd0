package draft_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"errata/model"
	"errata/ui/draft"
)

func BenchmarkAppend(b *testing.B) {
	d, _ := take(b, draft.New(b.TempDir(), draft.Options{}))
	add(b, d, open("output", `""`, ""))
	n := 0
	for b.Loop() {
		add(b, d, splice(n, 0, "x"))
		n++
	}
	shut(b, d)
}

// BenchmarkFirstKey types into a text of 50 MB that was just opened: once it has been written
// ahead, and at once.
func BenchmarkFirstKey(b *testing.B) {
	text := bytes.Repeat([]byte("All work and no play. "), 50<<20/22)
	base := model.Raw(append(append([]byte{'"'}, text...), '"'))
	for name, o := range map[string]draft.Open{
		"text":    {Field: field("output"), Base: base, Text: text},
		"literal": {Field: field("output"), Base: base, Text: base.Bytes(), Literal: true},
		"other":   {Field: field("output"), Base: base, Text: text[1:]},
	} {
		for _, ahead := range []bool{true, false} {
			b.Run(map[bool]string{true: "ahead/", false: "at once/"}[ahead]+name, func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					var work sync.WaitGroup
					d, _ := take(b, draft.New(b.TempDir(), draft.Options{After: func(after time.Duration, f func()) func() bool {
						if after == 0 && ahead {
							work.Go(f)
						}
						return func() bool { return true }
					}}))
					from := time.Now()
					add(b, d, o)
					opened := time.Since(from)
					work.Wait()
					written := time.Since(from)
					b.StartTimer()
					add(b, d, splice(0, 0, "x"))
					b.StopTimer()
					b.ReportMetric(float64(opened.Microseconds()), "µs-to-open")
					b.ReportMetric(float64(written.Milliseconds()), "ms-until-written")
					shut(b, d)
					b.StartTimer()
				}
			})
		}
	}
}

// BenchmarkBrief looks at a thousand small drafts, as each start does.
func BenchmarkBrief(b *testing.B) {
	s := draft.New(b.TempDir(), draft.Options{})
	for i := range 1000 {
		d, _, err := s.Take(b.Context(), draft.Identity{Server: "http://127.0.0.1/v5", LogID: fmt.Sprintf("log_%04d", i), PromptID: "pr_1"}, false)
		if err != nil {
			b.Fatal(err)
		}
		add(b, d, open("output", `""`, ""))
		add(b, d, splice(0, 0, "x"))
		shut(b, d)
	}
	for b.Loop() {
		if list, err := s.Brief(b.Context(), "http://127.0.0.1/v5"); len(list) != 1000 || err != nil {
			b.Fatal(len(list), err)
		}
	}
}

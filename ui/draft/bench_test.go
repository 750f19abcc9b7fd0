package draft_test

import (
	"bytes"
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

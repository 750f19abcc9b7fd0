package review

import (
	"errata/model"
	"errata/ui/change"
	"errata/ui/pager"
	"errata/ui/theme"
)

// content is what the review shows: every change with its warnings, then the body. starts are the blocks at which each
// change and then the body begins.
func content(c *model.ChangeSet, fields []*model.Field, warnings []model.Warning, body []byte, th *theme.Theme) (s pager.Source, starts []int) {
	var parts []pager.Source
	n := 0
	add := func(s pager.Source) {
		parts = append(parts, s)
		n += s.Len()
	}
	for _, f := range fields {
		starts = append(starts, n)
		add(pager.Heading(f.Name, th.Heading))
		add(pager.Changes(change.Lines(f, c.Base().Value(f), c.Value(f)), th))
		for _, w := range warnings {
			if w.Field == f {
				add(pager.Heading("! "+w.Msg, th.Warning))
			}
		}
		add(pager.Plain("\n", th))
	}
	starts = append(starts, n)
	add(pager.Heading("Body, exactly as it is sent", th.Heading))
	add(pager.Plain(string(body), th))
	return pager.Join(parts...), starts
}

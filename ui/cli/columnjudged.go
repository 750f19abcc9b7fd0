package cli

import (
	"errata/model"
	"errata/model/judgment"
	"errata/model/path"
	"errata/model/tree"
)

// judgedColumn is the evaluator of a column like judgment.rating, by its name, path or id; ok is
// false for any other column.
func judgedColumn(p path.Path) (evaluator string, ok bool) {
	if len(p) != 2 || p[0].Name != judgment.Said || p[1].Name == "" {
		return "", false
	}
	return p[1].Name, true
}

// judgedCell is what somebody says with an evaluator of a log, the newest where several do; nil
// where nobody does.
func judgedCell(doc []byte, evaluator string) *tree.Node {
	log, err := model.ParseLog(doc)
	if err != nil {
		return nil
	}
	var newest *judgment.Judgment
	for _, s := range judgment.Standings(judgment.Of(log)) {
		of := judgment.Filter{Evaluator: evaluator, Any: true}
		if !s.Withdrawn() && of.Of(s.Evaluator) && (newest == nil || !s.Newest.Before(*newest)) {
			newest = &s.Newest
		}
	}
	if newest == nil {
		return nil
	}
	return tree.New(newest.Value.Bytes())
}

package ui

import (
	"context"

	"errata/api"
	"errata/api/journal"
	"errata/api/judge"
	"errata/api/save"
	"errata/model"
	"errata/model/judgment"
	"errata/ui/bars"
	"errata/ui/form"
	"errata/ui/review"
)

// acts are the judgments of a form to be sent, without those that were left out in the review.
func acts(f *form.Model) (list []judge.Act) {
	for _, d := range f.Decisions() {
		if !d.Left {
			list = append(list, judge.Of(d.Decision, f.Changes().Base().Head()))
		}
	}
	return list
}

// judgments are the judgments of a form for its review.
func judgments(f *form.Model) (list []review.Judged) {
	for _, d := range f.Decisions() {
		list = append(list, review.Judged{
			Evaluator: d.Evaluator.ID, Title: d.Evaluator.Title(), Was: d.Was, Is: judgment.Words(d.Value), Left: d.Left,
			Body: judge.Of(d.Decision, f.Changes().Base().Head()).Body(),
		})
	}
	return list
}

// judged is what became of a judgment.
type judged struct {
	act    judge.Act
	result judge.Result
}

// done reports whether the server has taken the judgment, so that nothing is left to send.
func (j judged) done() bool {
	switch j.result.Outcome {
	case save.Verified, save.Unkept, save.Accepted:
		return true
	}
	return false
}

// countDone counts the judgments that the server has taken.
func countDone(list []judged) (n int) {
	for _, j := range list {
		if j.done() {
			n++
		}
	}
	return n
}

// note tells a form which of its judgments were carried out.
func note(f *form.Model, list []judged) {
	for _, j := range list {
		if j.done() {
			f.Judged(j.act.Evaluator.ID, j.act.ID)
		}
	}
}

// carryOut sends judgments one after the other, if the PATCH before them ended in a way that lets
// the log be judged. It returns the log as it was read last, nil when it was not read.
func carryOut(ctx context.Context, o Options, acts []judge.Act, ahead save.Result) (list []judged, log *model.Log) {
	svc, ok := o.Service.(api.Judge)
	switch ahead.Outcome {
	case save.Verified, save.Unkept, save.Accepted, save.Nothing:
	default:
		return nil, nil
	}
	for _, act := range acts {
		r := judge.Result{Outcome: save.Failed, ID: act.ID, Err: api.ErrNoJudgments}
		if ctx.Err() != nil {
			r.Err = &api.Error{Code: api.Canceled, Msg: "it was given up before it was sent", Err: ctx.Err()}
		} else if ok {
			r = judge.Do(ctx, svc, act, judge.Options{Journal: o.judgeRecorder()})
		}
		if r.Log != nil {
			log = r.Log
		}
		list = append(list, judged{act, r})
	}
	return list, log
}

// judgeRecorder is the journal for judgments, nil when no journal is kept.
func (o Options) judgeRecorder() judge.Recorder {
	if o.Journal == nil {
		return nil
	}
	return lateRecorder{o}
}

// BeginJudgment implements judge.Recorder.
func (r lateRecorder) BeginJudgment(ctx context.Context, a judge.Act) (rec judge.Record, err error) {
	err = r.record(func(j *journal.Recorder) (err error) {
		rec, err = j.BeginJudgment(ctx, a)
		return err
	})
	return rec, err
}

// outcomeOf describes in one line what became of a PATCH and of the judgments after it. The news is
// good only when all of them succeeded.
func outcomeOf(res save.Result, list []judged) bars.News {
	if len(list) == 0 {
		return outcome(res)
	}
	n := bars.News{Level: bars.Good, Text: "saved and verified"}
	if res.Outcome != save.Nothing {
		n = outcome(res)
	}
	verified, wrong := "", ""
	for _, j := range list {
		title := j.act.Evaluator.Title()
		if j.result.Outcome == save.Verified {
			verified = joined(verified, ", ", title+": "+judgment.Words(j.act.Value))
		} else {
			wrong = joined(wrong, "; ", title+" "+fate(j.result))
		}
	}
	if wrong != "" && res.Outcome == save.Nothing {
		n.Text = ""
	}
	if wrong != "" {
		n = bars.News{Level: bars.Bad, Text: joined(n.Text, "; ", wrong)}
	}
	if verified != "" {
		n.Text = joined(n.Text, "; ", "judged "+verified)
	}
	return n
}

// holds reports whether all that was sent of a log was saved.
func holds(msg savedMsg) bool {
	for _, j := range msg.judged {
		if j.result.Outcome != save.Verified {
			return false
		}
	}
	return msg.result.Outcome == save.Verified || msg.result.Outcome == save.Nothing
}

// joined joins the parts of a sentence.
func joined(text, by, part string) string {
	if text == "" {
		return part
	}
	return text + by + part
}

// fate describes what became of a judgment that does not stand as it was sent.
func fate(r judge.Result) string {
	switch r.Outcome {
	case save.Unkept:
		return "was not kept as it was sent"
	case save.Accepted:
		return "was accepted, and the server does not show it yet; R reads it again"
	case save.Unknown:
		return "was sent, but whether it was saved is unknown: " + r.Err.Error()
	}
	return "was not judged: " + r.Err.Error()
}

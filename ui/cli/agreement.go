package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"errata/api/walk"
	"errata/model"
	"errata/model/agreement"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/judgment"
	"errata/model/selection"
)

func (a *judging) agreementCommand() *cobra.Command {
	var s selected
	cmd := &cobra.Command{
		Use:   "agreement [LOG_ID...]",
		Short: "Show how far people who judged the same logs agree",
		Long: `Tell for each evaluator how often each thing was said, by whom, and how much those agree who judged the same logs. What
counts is what each user says now: what was taken back or said before does not.

AGREE is the share of pairs of judgments of one log that are the same. KAPPA is Cohen's kappa, where exactly two people
judged (J. Cohen, A coefficient of agreement for nominal scales, 1960). ALPHA is Krippendorff's alpha, for any number of
people and with judgments missing; of numbers with the interval metric, else with the nominal one (K. Krippendorff,
Content Analysis; Computing Krippendorff's Alpha-Reliability, 2011). Both are 1 where all agree and 0 where they agree as
often as chance would have it. DIFFER lists the logs on which people say different things.

` + selectionHelp,
		Example: `  errata agreement --judged
  errata agreement --prompt tides/today --json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			q, err := a.chosen(cmd.Context(), &s, args)
			if err != nil {
				return err
			}
			svc, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer svc.close()
			return a.agreement(cmd.Context(), svc, q)
		},
		ValidArgsFunction: a.completeIDs,
	}
	a.selects(cmd, &s)
	return cmd
}

// opinions is what people said with one evaluator.
type opinions struct {
	evaluator judgment.Evaluator
	table     agreement.Table
}

// agreement reads the judgments of the selected logs and prints, for each evaluator, how far people
// agree. Logs are read one after the other, and only their judgments are kept.
func (a *judging) agreement(ctx context.Context, svc *service, q walk.Query) error {
	if q.Judged == "" {
		q.Judged = selection.AnyJudgment // logs without judgments tell nothing
	}
	var list []*opinions
	known := map[string]*opinions{}
	w, err := a.each(ctx, svc, q, func(log *model.Log) error {
		for _, s := range judgment.Standings(judgment.Of(log)) {
			if s.Withdrawn() {
				continue
			}
			of := known[s.Evaluator.ID]
			if of == nil {
				of = &opinions{}
				known[s.Evaluator.ID], list = of, append(list, of)
			}
			of.evaluator = s.Evaluator
			of.table.Put(log.Head().ID, s.User, rating(s.Newest.Value))
		}
		return nil
	})
	if err != nil {
		return err
	}
	switch {
	case a.cfg.JSON():
		var objects [][]byte
		for _, o := range list {
			objects = append(objects, o.json())
		}
		a.value(array(objects))
	case len(list) == 0:
		a.say("no log was judged")
	default:
		a.printAgreement(list)
	}
	return a.saySelected(w)
}

// rating is the text by which two values are compared: the numbers 4 and 4.0 are the same, and any
// other value is compared by what people read of it.
func rating(v model.Value) string {
	words := judgment.Words(v)
	if v.Kind() != jsonraw.Number {
		return words
	}
	x, err := strconv.ParseFloat(words, 64)
	if err != nil {
		return words
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// numeric reports whether the evaluator asks for numbers.
func (o *opinions) numeric() bool { return o.evaluator.Spec.Returns == judgment.Number }

// alpha is Krippendorff's alpha, with the metric for numbers or for categories. ok is false if it
// is not defined.
func (o *opinions) alpha() (float64, bool) {
	if o.numeric() {
		return o.table.AlphaOfNumbers()
	}
	return o.table.Alpha()
}

func (a *judging) printAgreement(list []*opinions) {
	var rows [][]string
	for _, o := range list {
		rows = append(rows, []string{
			o.evaluator.Called(), strconv.Itoa(o.table.Units()), strconv.Itoa(o.table.Shared()), strconv.Itoa(len(o.table.Raters())),
			share(o.table.Percent()), coefficient(o.table.Kappa()), coefficient(o.alpha()), strconv.Itoa(len(o.table.Differ())),
		})
	}
	a.table([]column{{head: "EVALUATOR", give: true}, {head: "LOGS", right: true}, {head: "SHARED", right: true}, {head: "PEOPLE", right: true},
		{head: "AGREE", right: true}, {head: "KAPPA", right: true}, {head: "ALPHA", right: true}, {head: "DIFFER", right: true}}, rows)
	for _, o := range list {
		a.text("\n" + oneLine(o.evaluator.Called()) + "\n")
		if len(o.table.Values()) <= mostValues {
			a.counts(o.table.Values())
		}
		a.counts(o.table.Raters())
		for _, id := range o.table.Differ() {
			raters, values := o.table.Of(id)
			line := "  differ on " + oneLine(id) + ":"
			for i, rater := range raters {
				line += " " + oneLine(rater) + " " + oneLine(values[i])
				if i < len(raters)-1 {
					line += ","
				}
			}
			a.text(line + "\n")
		}
	}
}

// mostValues is how many different values are counted one by one. With free texts almost every
// value is different, and a count of each would say nothing.
const mostValues = 12

func (a *judging) counts(list []agreement.Count) {
	for _, c := range list {
		a.text("  " + oneLine(c.Name) + " " + figure.Count(c.N, "log") + "\n")
	}
}

// share is a share in percent, "" if nothing can be compared.
func share(x float64, ok bool) string {
	if !ok {
		return ""
	}
	return strconv.FormatFloat(100*x, 'f', 1, 64) + " %"
}

// coefficient is a coefficient with three digits, "" if it is not defined.
func coefficient(x float64, ok bool) string {
	if !ok {
		return ""
	}
	return strconv.FormatFloat(x, 'f', 3, 64)
}

// json is {"evaluator", "logs", "shared", "values": {VALUE: N}, "people": {USER: N}, "percent",
// "kappa", "alpha", "differ": [LOG_ID]}. Figures that are not defined are left out.
func (o *opinions) json() []byte {
	number := func(x float64, ok bool) []byte {
		if !ok {
			return nil
		}
		return strconv.AppendFloat(nil, x, 'g', -1, 64)
	}
	counted := func(list []agreement.Count) []byte {
		var of object
		for _, c := range list {
			of.number(c.Name, c.N)
		}
		return of.bytes()
	}
	var differ [][]byte
	for _, id := range o.table.Differ() {
		differ = append(differ, jsonraw.Literal(id))
	}
	var out object
	out.text("evaluator", o.evaluator.Called())
	out.number("logs", o.table.Units())
	out.number("shared", o.table.Shared())
	out.add("values", counted(o.table.Values()))
	out.add("people", counted(o.table.Raters()))
	out.add("percent", number(o.table.Percent()))
	out.add("kappa", number(o.table.Kappa()))
	out.add("alpha", number(o.alpha()))
	out.add("differ", array(differ))
	return out.bytes()
}

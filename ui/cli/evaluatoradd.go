package cli

import (
	"context"
	"encoding/csv"
	"strings"

	"github.com/spf13/cobra"

	"errata/config"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

// evaluatorFlags are the flags of errata evaluators add, as typed.
type evaluatorFlags struct {
	options, number, instructions string
	several, yesNo, text, lower   bool
}

func (a *judging) addEvaluatorCommand() *cobra.Command {
	var f evaluatorFlags
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Make an evaluator, or a new version of one",
		Long: `Make an evaluator that people judge with. NAME is its path: team/helpfulness. Exactly one flag says what may be said: one
of some options, of which + is good and - is bad (with --several any number of them), a number, yes or no, or a text.
Where there is an evaluator of that path it gets a new version, unless it is the same already.`,
		Example: `  errata evaluators add rating --options good:+,bad:-
  errata evaluators add team/faults --options "too long:-,wrong tone:-,wrong fact:-" --several
  errata evaluators add team/score --number 0..5/0.5 --instructions @score.md
  errata evaluators add note --text`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.cfg.ReadOnly() {
				return readOnlyHere("no evaluator can be made")
			}
			return a.addEvaluator(cmd.Context(), args[0], f)
		},
		ValidArgsFunction: a.completeEvaluators,
	}
	flags := cmd.Flags()
	flags.StringVar(&f.options, "options", "", "one of these `WORDS`, with commas between; :+ and :- behind one say that it is good or bad")
	flags.BoolVar(&f.several, "several", false, "with --options: any number of them")
	flags.StringVar(&f.number, "number", "", "a number in these `LIMITS`: 0..5, 0..5/0.5 with a step, or .. for any")
	flags.BoolVar(&f.lower, "lower-is-better", false, "with --number: a low number is good")
	flags.BoolVar(&f.yesNo, "yes-no", false, "yes or no")
	flags.BoolVar(&f.text, "text", false, "a text")
	flags.StringVar(&f.instructions, "instructions", "", "what judges are told: a `TEXT`, or @FILE")
	return cmd
}

func (a *judging) addEvaluator(ctx context.Context, name string, f evaluatorFlags) error {
	spec, err := a.spec(ctx, f)
	if err != nil {
		return err
	}
	if problems := judgment.CheckSpec(spec); len(problems) > 0 {
		return fail(exitRefused, "no such evaluator can be made: %s", problems[0].Msg)
	}
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	r, err := svc.rubric(ctx)
	if err != nil {
		return err
	}
	return a.makeEvaluator(ctx, r, name, spec)
}

// makeEvaluator creates a version of an evaluator, and prints what became of it.
func (a *judging) makeEvaluator(ctx context.Context, r *rubric, name string, spec []byte) error {
	var o object
	o.text("path", name)
	o.add("spec", spec)
	doc, err := r.svc.UpsertEvaluator(ctx, o.bytes())
	if err != nil {
		return err
	}
	e := judgment.ReadEvaluator(doc)
	did := "made"
	for _, known := range r.list {
		switch {
		case known.ID != e.ID:
		case known.VersionID == e.VersionID:
			did = "is there already:"
		default:
			did = "made a new version of"
		}
	}
	r.list, r.docs = append(r.list, e), append(r.docs, doc)
	if a.cfg.JSON() {
		a.value(doc)
		return nil
	}
	a.say("%s %s (%s): it wants %s", did, e.Path, e.ID, e.Spec.Wanted())
	return nil
}

// spec is the spec that the flags describe, as JSON.
func (a *judging) spec(ctx context.Context, f evaluatorFlags) ([]byte, error) {
	chosen := 0
	for _, given := range []bool{f.options != "", f.number != "", f.yesNo, f.text} {
		if given {
			chosen++
		}
	}
	if chosen != 1 || f.several && f.options == "" || f.lower && f.number == "" {
		return nil, fail(exitUsage, "exactly one of --options (with --several), --number (with --lower-is-better), --yes-no and --text says what may be said")
	}
	instructions, err := a.instructions(ctx, f.instructions)
	if err != nil {
		return nil, err
	}
	var o object
	o.text("arguments_type", "target_free")
	o.text("evaluator_type", judgment.Human)
	switch {
	case f.options != "":
		err = addOptions(&o, f)
	case f.number != "":
		err = addNumber(&o, f)
	case f.yesNo:
		o.text("return_type", string(judgment.Boolean))
	default:
		o.text("return_type", string(judgment.Text))
	}
	if instructions != "" {
		o.text("instructions", instructions)
	}
	return o.bytes(), err
}

// instructions reads the instructions for judges, from a file for @FILE.
func (a *judging) instructions(ctx context.Context, typed string) (string, error) {
	name, isFile := strings.CutPrefix(typed, "@")
	if !isFile {
		return typed, nil
	}
	name, err := config.Expand(name, a.env.Environ)
	if err != nil {
		return "", err
	}
	raw, err := a.input(ctx, name)
	return string(raw), err
}

// addOptions adds the options of --options and --several to a spec.
func addOptions(o *object, f evaluatorFlags) error {
	r := csv.NewReader(strings.NewReader(f.options))
	r.TrimLeadingSpace = true
	words, err := r.Read()
	if err != nil {
		return fail(exitUsage, "--options: want words with commas between, one that holds a comma in double quotes, not %q", f.options)
	}
	kind := judgment.Select
	if f.several {
		kind = judgment.MultiSelect
	}
	var options [][]byte
	for _, word := range words {
		name, valence := strings.TrimSpace(word), judgment.Neutral
		if rest, ok := strings.CutSuffix(name, ":+"); ok {
			name, valence = rest, judgment.Positive
		} else if rest, ok := strings.CutSuffix(name, ":-"); ok {
			name, valence = rest, judgment.Negative
		}
		if name == "" {
			return fail(exitUsage, "--options: an option has no name")
		}
		var option object
		option.text("name", name)
		option.text("valence", string(valence))
		options = append(options, option.bytes())
	}
	o.text("return_type", string(kind))
	o.add("options", array(options))
	return nil
}

// addNumber adds the range of --number, and --lower-is-better, to a spec.
func addNumber(o *object, f evaluatorFlags) error {
	span, step, _ := strings.Cut(f.number, "/")
	least, most, ok := strings.Cut(span, "..")
	var limits object
	for _, limit := range []struct{ name, literal string }{{"min", least}, {"max", most}, {"step", step}} {
		if _, isNumber := jsonraw.ParseDecimal([]byte(limit.literal)); limit.literal != "" && !isNumber {
			ok = false
		}
		if limit.literal != "" {
			limits.add(limit.name, []byte(limit.literal))
		}
	}
	if !ok {
		return fail(exitUsage, "--number: want limits like 0..5 or 0..5/0.5, or .. for any number, not %q", f.number)
	}
	o.text("return_type", string(judgment.Number))
	if len(limits.members) > 0 {
		o.add("number_limits", limits.bytes())
	}
	valence := judgment.Positive
	if f.lower {
		valence = judgment.Negative
	}
	o.text("number_valence", string(valence))
	return nil
}

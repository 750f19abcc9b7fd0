package judgment

import (
	"errata/model/jsonraw"
)

// Returns is what kind of value an evaluator gives, as the API calls it.
type Returns string

// The kinds of value.
const (
	Boolean     Returns = "boolean"
	Number      Returns = "number"
	Select      Returns = "select"       // the name of one option
	MultiSelect Returns = "multi_select" // names of options: none, one or many
	Text        Returns = "text"
)

// Human is the type of evaluator that people judge with; the others are run by programs.
const Human = "human"

// Valence says whether an option, or a high number, is good.
type Valence string

// The valences. The zero Valence is that of a number of which the spec says nothing.
const (
	Positive Valence = "positive"
	Negative Valence = "negative"
	Neutral  Valence = "neutral"
)

// Option is one of the words that can be chosen.
type Option struct {
	Name    string
	Valence Valence
}

// Spec says what a version of an evaluator judges.
type Spec struct {
	Type      string // human, llm, python or external
	Arguments string // target_free or target_required
	Returns   Returns
	Options   []Option // of a choice, in their order; of a boolean they colour true and false
	// limits of a number, both inclusive, and the step of its input: JSON numbers as written,
	// empty for none
	Min, Max, Step string
	Valence        Valence // of a number: positive where higher is better
	Instructions   string
}

// The members of a spec.
const (
	memberType         = "evaluator_type"
	memberArguments    = "arguments_type"
	memberReturns      = "return_type"
	memberOptions      = "options"
	memberLimits       = "number_limits"
	memberValence      = "number_valence"
	memberInstructions = "instructions"

	optionName    = "name"
	optionValence = "valence"
)

// ReadSpec reads a spec as far as it can be understood: what is missing or of another type is left
// at its zero value, as specs from elsewhere may have it. See CheckSpec for what is wrong with one.
func ReadSpec(literal []byte) Spec {
	of := jsonraw.ReadDocument(literal)
	s := Spec{
		Type:         of.Text(memberType),
		Arguments:    of.Text(memberArguments),
		Returns:      Returns(of.Text(memberReturns)),
		Valence:      Valence(of.Text(memberValence)),
		Instructions: of.Text(memberInstructions),
	}
	limits := jsonraw.ReadDocument(of.Raw(memberLimits))
	s.Min, s.Max, s.Step = limits.Number("min"), limits.Number("max"), limits.Number("step")
	for e := range jsonraw.EachElement(of.Raw(memberOptions)) {
		option := jsonraw.ReadDocument(e.Val.Of(of.Raw(memberOptions)))
		name, ok := jsonraw.Text(option.Raw(optionName))
		if !ok {
			continue
		}
		valence := Valence(option.Text(optionValence))
		if valence == "" {
			valence = Neutral
		}
		s.Options = append(s.Options, Option{name, valence})
	}
	return s
}

// Find is the option of a name, compared exactly.
func (s Spec) Find(name string) (Option, bool) {
	for _, o := range s.Options {
		if o.Name == name {
			return o, true
		}
	}
	return Option{}, false
}

// Package price knows what the tokens of models cost: prices by the name of a model, tiers by the
// length of a prompt, and the cost of a call as an exact sum. It knows neither logs nor files;
// money is an exact decimal from end to end.
package price

import (
	"slices"
	"strings"
	"time"

	"errata/model/jsonraw"
)

// Rates are dollars for a million tokens of each kind, as exact decimals such as "2.50"; "" for a
// price that is not known.
type Rates struct {
	Prompt, Cached, CacheWrite, CacheWriteHour, Audio, CachedAudio string
	Output, Reasoning, AudioOutput                                 string
}

// Price is what a model costs.
type Price struct {
	Rates
	Over []Tier // by length, the shortest first
	When []When // at some times, in the order in which they hold
}

// When is what a model costs from a day on, or between two times of the day, instead of all that is
// before. The last one that holds counts.
type When struct {
	Since    string // a day in UTC, as 2026-08-17; "" for any
	From, To string // times of the day in UTC, as 16:30; "" for any. To may be on the next day
	Rates
	Over []Tier
}

// holds reports whether a call was made then.
func (w When) holds(at time.Time) bool {
	at = at.UTC()
	if w.Since != "" && at.Format(time.DateOnly) < w.Since {
		return false
	}
	clock := at.Format("15:04")
	switch {
	case w.From == "" && w.To == "":
		return true
	case w.To < w.From:
		return clock >= w.From || clock < w.To
	}
	return w.From <= clock && clock < w.To
}

// Tier is what everything in a call costs whose prompt has more tokens. What it leaves out costs as
// before.
type Tier struct {
	Tokens int64
	Rates
}

// names are the kinds of tokens as the configuration file calls them.
var names = []struct {
	name string
	of   func(*Rates) *string
}{
	{"prompt", func(r *Rates) *string { return &r.Prompt }},
	{"cached", func(r *Rates) *string { return &r.Cached }},
	{"cache_write", func(r *Rates) *string { return &r.CacheWrite }},
	{"cache_write_1h", func(r *Rates) *string { return &r.CacheWriteHour }},
	{"audio", func(r *Rates) *string { return &r.Audio }},
	{"cached_audio", func(r *Rates) *string { return &r.CachedAudio }},
	{"output", func(r *Rates) *string { return &r.Output }},
	{"reasoning", func(r *Rates) *string { return &r.Reasoning }},
	{"audio_output", func(r *Rates) *string { return &r.AudioOutput }},
}

// Names are the kinds of tokens that may have a price.
func Names() (list []string) {
	for _, n := range names {
		list = append(list, n.name)
	}
	return list
}

// Of is the price of a kind, nil when there is no kind of that name.
func (r *Rates) Of(name string) *string {
	for _, n := range names {
		if n.name == name {
			return n.of(r)
		}
	}
	return nil
}

// At returns the rates for a call at a time with a prompt of that many tokens, and the tier that
// they are from, 0 for none.
func (p Price) At(at time.Time, prompt jsonraw.Decimal) (r Rates, over int64) {
	r, tiers := p.Rates, p.Over
	for _, w := range p.When {
		if w.holds(at) {
			r, tiers = w.Rates, w.Over
		}
	}
	for _, tier := range tiers {
		if above(prompt, tier.Tokens) {
			r, over = tier.on(r), tier.Tokens
		}
	}
	return r, over
}

// on is the tier with what it leaves out taken from r.
func (t Tier) on(r Rates) Rates {
	for _, n := range names {
		if of := *n.of(&t.Rates); of != "" {
			*n.of(&r) = of
		}
	}
	return r
}

// List are prices by the name of a model, or by a pattern in which * stands for anything. A name
// may have that of a provider before it: "azure/gpt-4o*".
type List map[string]Price

// Find is the price of a model at a provider, "" if that is not known: that of its name in full,
// else of the longest pattern that fits.
func (l List) Find(provider, model string) (p Price, ok bool) {
	full := model
	if provider != "" {
		full = provider + "/" + model
	}
	for _, name := range []string{full, model} {
		if p, ok = l[name]; ok {
			return p, true
		}
	}
	best := ""
	for pattern, price := range l {
		if !strings.Contains(pattern, "*") || !fits(pattern, full) && !fits(pattern, model) {
			continue
		}
		if len(pattern) > len(best) || len(pattern) == len(best) && pattern < best {
			best, p, ok = pattern, price, true
		}
	}
	return p, ok
}

// fits reports whether a name is of a pattern.
func fits(pattern, name string) bool {
	start, rest, open := strings.Cut(pattern, "*")
	if !open {
		return pattern == name
	}
	name, ok := strings.CutPrefix(name, start)
	for ok && rest != "" {
		var part string
		if part, rest, open = strings.Cut(rest, "*"); !open {
			return strings.HasSuffix(name, part)
		}
		_, name, ok = strings.Cut(name, part)
	}
	return ok
}

// Equal reports whether two prices are the same to the letter.
func (p Price) Equal(q Price) bool {
	return p.Rates == q.Rates && slices.Equal(p.Over, q.Over) && slices.EqualFunc(p.When, q.When, func(v, w When) bool {
		return v.Since == w.Since && v.From == w.From && v.To == w.To && v.Rates == w.Rates && slices.Equal(v.Over, w.Over)
	})
}

package price

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"errata/model/jsonraw"
	"errata/model/pattern"
)

// The members of genai-prices' list, by the kinds of tokens, and the kind whose price holds where
// there is none: there a kind without a price costs what the wider kind costs.
var genai = []struct{ name, member, wider string }{
	{"prompt", "input_mtok", ""},
	{"cached", "cache_read_mtok", "prompt"},
	{"cache_write", "cache_write_mtok", "prompt"},
	{"audio", "input_audio_mtok", "prompt"},
	{"cached_audio", "cache_audio_read_mtok", ""},
	{"output", "output_mtok", ""},
	{"audio_output", "output_audio_mtok", "output"},
}

// genaiNames are the providers that genai-prices calls otherwise.
var genaiNames = map[string]string{"aws": "bedrock", "x-ai": "xai"}

func readGenai(data []byte) (list List, skipped []string, err error) {
	list = List{}
	for _, raw := range elements(data) {
		p := members(raw)
		id := text(p["id"])
		if ours, ok := genaiNames[id]; ok {
			id = ours
		}
		for _, raw := range elements(p["models"]) {
			m := members(raw)
			cost, odd := genaiPrice(m["prices"])
			if odd != "" {
				skipped = append(skipped, id+"/"+text(m["id"])+odd)
				continue
			}
			if strings.HasSuffix(text(m["id"]), ":free") && cost.Equal(Price{}) {
				cost.Rates = free
			}
			patterns, bad := matches(m["match"])
			for _, b := range bad {
				skipped = append(skipped, id+"/"+text(m["id"])+" by "+b)
			}
			for _, pattern := range patterns {
				// The maker of a model has a rule for the names of its own; others sell it.
				list.add(id+"/"+pattern, cost)
				if p["model_match"] != nil {
					list.add(pattern, cost)
				}
			}
		}
	}
	if len(list) == 0 {
		return nil, nil, ErrList
	}
	return list, skipped, nil
}

// free are the rates of a model that is named as one that costs nothing.
var free = Rates{Prompt: "0", Cached: "0", CacheWrite: "0", Audio: "0", Output: "0", AudioOutput: "0"}

// add adds a price; of two with one name the first counts, as there.
func (l List) add(name string, p Price) {
	if _, there := l[name]; !there {
		l[name] = p
	}
}

// genaiPrice reads the prices of a model: an object, or a list of those that hold at some times,
// the first always. One without any price is kept: its name is then of no other model.
func genaiPrice(raw []byte) (p Price, odd string) {
	if jsonraw.KindOf(raw) != jsonraw.Array {
		p.Rates, p.Over = genaiRates(members(raw))
		return p, ""
	}
	for i, one := range elements(raw) {
		m := members(one)
		w, ok := genaiWhen(members(m["constraint"]))
		w.Rates, w.Over = genaiRates(members(m["prices"]))
		switch {
		case !ok:
			return Price{}, ", whose price depends on times that are not in UTC"
		case i == 0:
			p.Rates, p.Over = w.Rates, w.Over
		default:
			p.When = append(p.When, w)
		}
	}
	return p, ""
}

// genaiWhen reads when prices hold: from a day on, or between times of the day. ok is false for
// times of the day that are not in whole minutes of UTC.
func genaiWhen(rule map[string][]byte) (w When, ok bool) {
	w.Since = text(rule["start_date"])
	for _, t := range []struct {
		member string
		into   *string
	}{{"start_time", &w.From}, {"end_time", &w.To}} {
		if rule[t.member] == nil {
			continue
		}
		at, err := time.Parse("15:04:05Z", text(rule[t.member]))
		if err != nil || at.Second() != 0 {
			return w, false
		}
		*t.into = at.Format("15:04")
	}
	return w, true
}

// genaiRates reads the prices of one time.
func genaiRates(entry map[string][]byte) (r Rates, over []Tier) {
	tiers := map[int64]*Rates{}
	for _, n := range genai {
		value := entry[n.member]
		if value == nil && n.wider != "" {
			value = entry[wide(n.wider)]
		}
		genaiRate(&r, tiers, n.name, value)
	}
	for _, length := range slices.Sorted(maps.Keys(tiers)) {
		over = append(over, Tier{length, *tiers[length]})
	}
	return r, over
}

// wide is the member of the wider kind.
func wide(name string) string {
	for _, n := range genai {
		if n.name == name {
			return n.member
		}
	}
	return ""
}

// genaiRate reads one price: a number, or {"base", "tiers": [{"start", "price"}]}.
func genaiRate(r *Rates, tiers map[int64]*Rates, name string, value []byte) {
	if tiered := members(value); tiered != nil {
		for _, raw := range elements(tiered["tiers"]) {
			t := members(raw)
			start, err := strconv.ParseInt(string(t["start"]), 10, 64)
			if err != nil {
				continue
			}
			if tiers[start] == nil {
				tiers[start] = &Rates{}
			}
			*tiers[start].Of(name) = dollars(t["price"], "")
		}
		value = tiered["base"]
	}
	*r.Of(name) = dollars(value, "")
}

// matches are the patterns of a rule that names models; bad are the rules that no pattern can say.
func matches(raw []byte) (patterns, bad []string) {
	rule := members(raw)
	name := func(key string) string { return text(rule[key]) }
	switch {
	case rule["equals"] != nil:
		return []string{name("equals")}, nil
	case rule["starts_with"] != nil:
		return []string{name("starts_with") + "*"}, nil
	case rule["ends_with"] != nil:
		return []string{"*" + name("ends_with")}, nil
	case rule["contains"] != nil:
		return []string{"*" + name("contains") + "*"}, nil
	case rule["or"] != nil:
		for _, one := range elements(rule["or"]) {
			p, b := matches(one)
			patterns, bad = append(patterns, p...), append(bad, b...)
		}
		return patterns, bad
	case rule["and"] != nil:
		return narrowed(elements(rule["and"]))
	case rule["regex"] != nil:
		return simple(name("regex"))
	}
	return nil, []string{fmt.Sprintf("a rule of another kind: %s", strings.TrimSpace(string(raw)))}
}

// narrowed are the patterns of a rule from which another takes names away: those have rules of
// their own, with longer names, and so come first.
func narrowed(rules [][]byte) (patterns, bad []string) {
	for _, rule := range rules {
		if strings.HasPrefix(text(members(rule)["regex"]), "^(?!") {
			continue
		}
		if patterns != nil {
			return nil, []string{"two rules at once"}
		}
		patterns, bad = matches(rule)
	}
	return patterns, bad
}

// digits are those of a regular expression.
var digits = pattern.Of(`\\d(\{\d+\}|[+*])?`)

// simple is a regular expression of a name with digits at its end as a pattern.
func simple(expression string) (patterns, bad []string) {
	body := strings.TrimSuffix(strings.TrimPrefix(expression, "^"), "$")
	body = strings.ReplaceAll(digits().ReplaceAllLiteralString(body, "*"), `\.`, ".")
	if strings.HasPrefix(expression, "^") && !strings.ContainsAny(body, `\()[]{}|+?^$`) {
		return []string{body}, nil
	}
	return nil, []string{"the regular expression " + expression}
}

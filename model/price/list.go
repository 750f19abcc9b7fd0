package price

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

// ErrList is that a file is not a list of prices that is known.
var ErrList = errors.New(`no list of prices: it is neither LiteLLM's ("model": {"input_cost_per_token": …}) nor genai-prices' ([{"id": …, "models": […]}])`)

// ReadList reads a public list of prices: LiteLLM's or genai-prices'. skipped says what could not
// be taken over, a clause each.
func ReadList(data []byte) (list List, skipped []string, err error) {
	switch jsonraw.KindOf(data) {
	case jsonraw.Object:
		return readLiteLLM(data)
	case jsonraw.Array:
		return readGenai(data)
	}
	return nil, nil, ErrList
}

// members are those of an object by name, none of anything else.
func members(doc []byte) map[string][]byte {
	if jsonraw.KindOf(doc) != jsonraw.Object {
		return nil
	}
	list, _ := jsonraw.Members(doc)
	out := make(map[string][]byte, len(list))
	for _, m := range list {
		out[m.Name] = m.Val.Of(doc)
	}
	return out
}

// elements are those of an array, none of anything else.
func elements(doc []byte) (out [][]byte) {
	if jsonraw.KindOf(doc) != jsonraw.Array {
		return nil
	}
	list, _ := jsonraw.Elements(doc)
	for _, e := range list {
		out = append(out, e.Val.Of(doc))
	}
	return out
}

func text(doc []byte) string {
	t, _ := jsonraw.Text(doc)
	return t
}

// dollars is a number as a decimal, times ten to the power; "" when it is none or is below zero.
func dollars(literal []byte, power string) string {
	mantissa, exponent, _ := bytes.Cut(bytes.ToLower(literal), []byte("e"))
	if _, ok := jsonraw.ParseDecimal(literal); !ok {
		return ""
	}
	d, _ := jsonraw.ParseDecimal(literal)
	if power != "" {
		if len(exponent) == 0 {
			exponent = []byte("0")
		}
		e, err := strconv.Atoi(string(exponent))
		by, not := strconv.Atoi(power)
		if err != nil || not != nil {
			return ""
		}
		d, _ = jsonraw.ParseDecimal(fmt.Appendf(nil, "%se%d", mantissa, e+by))
	}
	if written := d.String(); d.Sign() >= 0 && !strings.Contains(written, "e") {
		return written
	}
	return ""
}

// The members of LiteLLM's list, by the kinds of tokens. Prices there are for one token.
var liteLLM = []struct{ name, member string }{
	{"prompt", "input_cost_per_token"},
	{"cached", "cache_read_input_token_cost"},
	{"cache_write", "cache_creation_input_token_cost"},
	{"cache_write_1h", "cache_creation_input_token_cost_above_1hr"},
	{"audio", "input_cost_per_audio_token"},
	{"cached_audio", "cache_read_input_audio_token_cost"},
	{"output", "output_cost_per_token"},
	{"reasoning", "output_cost_per_reasoning_token"},
	{"audio_output", "output_cost_per_audio_token"},
}

// liteNames are the providers that LiteLLM calls otherwise.
var liteNames = []struct{ theirs, ours string }{{"gemini/", "google/"}, {"vertex_ai/", "google/"}}

func readLiteLLM(data []byte) (List, []string, error) {
	list := List{}
	entries, err := jsonraw.Members(data)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		entry := members(e.Val.Of(data))
		p := Price{}
		known := readLite(&p.Rates, entry, "")
		for _, length := range tierLengths(entry) {
			t := Tier{Tokens: length * 1000}
			if readLite(&t.Rates, entry, fmt.Sprintf("_above_%dk_tokens", length)) {
				p.Over = append(p.Over, t)
			}
		}
		if !known || e.Name == "sample_spec" {
			continue
		}
		name := e.Name
		for _, n := range liteNames {
			if rest, ok := strings.CutPrefix(name, n.theirs); ok {
				name = n.ours + rest
			}
		}
		if _, there := list[name]; !there {
			list[name] = p
		}
	}
	if len(list) == 0 {
		return nil, nil, ErrList
	}
	return list, nil, nil
}

// readLite reads the prices whose members end in suffix, and reports whether there was one.
func readLite(r *Rates, entry map[string][]byte, suffix string) (known bool) {
	for _, n := range liteLLM {
		if price := dollars(entry[n.member+suffix], "6"); price != "" {
			*r.Of(n.name), known = price, true
		}
	}
	return known
}

// tierLengths are the lengths in thousands of tokens that members of an entry name, the shortest
// first.
func tierLengths(entry map[string][]byte) (list []int64) {
	for _, length := range []int64{32, 64, 128, 200, 256, 272, 512} {
		if _, ok := entry[fmt.Sprintf("input_cost_per_token_above_%dk_tokens", length)]; ok {
			list = append(list, length)
		}
	}
	return list
}

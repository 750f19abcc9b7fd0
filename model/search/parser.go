package search

import "fmt"

// groupsMost is how many groups a search may come to: parentheses within parentheses multiply them.
const groupsMost = 64

// parser puts the tokens of a search together.
type parser struct {
	tokens []token
	at     int
}

// peek is the next token, one that ends all at the end.
func (p *parser) peek() token {
	if p.at == len(p.tokens) {
		return token{end: true}
	}
	return p.tokens[p.at]
}

// either reads groups with OR between them, up to what closes them; after is the token before.
func (p *parser) either(after token) ([][]Word, error) {
	list, err := p.all(after)
	for t := p.peek(); err == nil && t.joins == "OR"; t = p.peek() {
		p.at++
		var more [][]Word
		if more, err = p.all(t); err == nil {
			list = append(list, more...)
		}
	}
	return list, err
}

// all reads what has to hold together.
func (p *parser) all(after token) ([][]Word, error) {
	list, err := p.one(after)
	for err == nil {
		t := p.peek()
		if t.end || t.shuts || t.joins == "OR" {
			break
		}
		before := token{}
		if t.joins == "AND" {
			before = t
			p.at++
		}
		var more [][]Word
		if more, err = p.one(before); err == nil {
			list, err = both(list, more, t)
		}
	}
	return list, err
}

// one reads a word, or what is in parentheses, and what is said of it.
func (p *parser) one(after token) ([][]Word, error) {
	t := p.peek()
	switch {
	case t.end || t.shuts:
		return nil, &Error{after.col, "a word is missing after " + after.name()}
	case t.joins == "NOT" && after.joins != "NOT":
		p.at++
		list, err := p.one(t)
		if err != nil {
			return nil, err
		}
		return none(list, t)
	case t.joins != "":
		return nil, &Error{t.col, "a word is missing before " + t.joins}
	case t.opens:
		return p.parenthesis(t)
	}
	p.at++
	return [][]Word{{t.word}}, nil
}

// parenthesis reads what is in parentheses.
func (p *parser) parenthesis(open token) ([][]Word, error) {
	p.at++
	list, err := p.either(open)
	if err != nil {
		return nil, err
	}
	if !p.peek().shuts {
		return nil, &Error{open.col, "the parenthesis is not closed; in quotes it is a text"}
	}
	p.at++
	for _, group := range list {
		for i := range group {
			if group[i].Field == "" {
				group[i].Field = open.word.Field
			}
		}
	}
	if open.word.Not {
		return none(list, open)
	}
	return list, nil
}

// both is the groups that hold where one of a and one of b does.
func both(a, b [][]Word, at token) ([][]Word, error) {
	if len(a) > 1 && len(b) > 1 && len(a)*len(b) > groupsMost {
		return nil, &Error{at.col, fmt.Sprintf("with its parentheses the search has more than %d alternatives", groupsMost)}
	}
	var list [][]Word
	for _, one := range a {
		for _, other := range b {
			list = append(list, append(one[:len(one):len(one)], other...))
		}
	}
	return list, nil
}

// none is the groups that hold where none of some others does.
func none(list [][]Word, at token) (not [][]Word, err error) {
	for i, group := range list {
		var opposites [][]Word
		for _, w := range group {
			w.Not = !w.Not
			opposites = append(opposites, []Word{w})
		}
		if i == 0 {
			not = opposites
		} else if not, err = both(not, opposites, at); err != nil {
			return nil, err
		}
	}
	return not, nil
}

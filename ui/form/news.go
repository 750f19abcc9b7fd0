package form

import "errata/ui/bars"

// newsLine is what there is to say until the next key.
type newsLine struct{ news bars.News }

// Say puts a line of news on the status line; the next key removes it. Until then bad news gives
// way to no better.
func (l *newsLine) Say(n bars.News) {
	if l.news.Level != bars.Bad || n.Level == bars.Bad {
		l.news = n
	}
}

// hush takes the news away.
func (l *newsLine) hush() { l.news = bars.News{} }

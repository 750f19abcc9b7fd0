package ui

import (
	"errata/api/save"
	"errata/model"
	"errata/ui/bars"
)

// failure is an error as news: one sentence.
func failure(err error) bars.News {
	return bars.News{Level: bars.Bad, Text: err.Error()}
}

// outcome describes in one line what became of a save.
func outcome(res save.Result) bars.News {
	switch res.Outcome {
	case save.Verified:
		text := "saved and verified"
		if len(res.Moved) > 0 {
			text += "; changed by somebody else meanwhile, and kept: " + model.Names(res.Moved)
		}
		return bars.News{Level: bars.Good, Text: text}
	case save.Unkept:
		return bars.News{Level: bars.Bad, Text: "sent, but the server did not keep " + model.Names(res.Unkept) + " as sent; d shows both"}
	case save.Accepted:
		return bars.News{Level: bars.Bad, Text: "accepted, but the server still shows " + model.Names(res.Unkept) + " as before; R reads it again"}
	case save.Conflict:
		return bars.News{Level: bars.Warning, Text: "not sent: changed on the server as well as here: " + model.Names(res.Conflicts)}
	case save.Moved:
		return bars.News{Level: bars.Warning, Text: "not sent: changed on the server meanwhile: " + model.Names(res.Moved)}
	case save.Nothing:
		return bars.News{Text: "nothing to send: the server has these values already"}
	case save.Unknown:
		return bars.News{Level: bars.Bad, Text: "sent, but whether it was saved is unknown: " + res.Err.Error()}
	case save.Failed:
		if res.Recovered {
			return bars.News{Level: bars.Bad, Text: "not saved, as reading back shows: " + res.Err.Error()}
		}
	}
	return bars.News{Level: bars.Bad, Text: "not saved: " + res.Err.Error()}
}

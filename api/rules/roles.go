package rules

import "errata/model"

// Searched lists the fields whose text the search of a list reads.
func Searched() []*model.Field { return []*model.Field{model.Inputs, model.Output} }

package model_test

import (
	"fmt"

	"errata/model"
)

// base is a log as a server sends it.
var base = []byte(`{"id": "log_1", "prompt": {"id": "pr_1"}, "output": "teh answer",
 "prompt_cost": 0.10, "metadata": {"row": 3}}`)

// lookup is a field of the table.
func lookup(name string) *model.Field {
	f, ok := model.Lookup(name)
	if !ok {
		panic("no field " + name)
	}
	return f
}

// Only what differs by meaning is sent: 0.1 is 0.10, and a text that is put back is not a change.
func ExampleChangeSet() {
	log, err := model.ParseLog(base)
	if err != nil {
		panic(err)
	}
	changes := model.NewChangeSet(log)
	for field, text := range map[string]string{"output": "the answer", "prompt_cost": "0.1"} {
		if err := changes.SetText(lookup(field), text); err != nil {
			panic(err)
		}
	}
	fmt.Printf("%s\n", changes.Patch())

	changes.Revert(lookup("output"))
	fmt.Printf("%s\n", changes.Patch())
	// Output:
	// {"output":"the answer"}
	// {}
}

// An assignment of the command line changes one member of a map and leaves the others as they are.
func ExampleParseAssignment() {
	log, err := model.ParseLog(base)
	if err != nil {
		panic(err)
	}
	changes := model.NewChangeSet(log)
	a, err := model.ParseAssignment("metadata.reviewed:=true")
	if err != nil {
		panic(err)
	}
	if err := changes.Assign(a); err != nil {
		panic(err)
	}
	fmt.Printf("%s\n", changes.Patch())
	// Output: {"metadata":{"row": 3, "reviewed": true}}
}

// What does not fit its field is kept as text for whoever goes on typing, and is never sent.
func ExampleChangeSet_SetText() {
	log, err := model.ParseLog(base)
	if err != nil {
		panic(err)
	}
	changes := model.NewChangeSet(log)
	fmt.Println(changes.SetText(lookup("prompt_tokens"), "many"))
	for _, f := range changes.Invalid() {
		fmt.Println("not sent:", f.Name)
	}
	// Output:
	// prompt_tokens wants a whole number, not "many"
	// not sent: prompt_tokens
}

// Lines that only one side changed are taken from that side.
func ExampleField_Merge() {
	before, mine, theirs := model.Raw([]byte(`"a\nb\nc"`)), model.Raw([]byte(`"A\nb\nc"`)), model.Raw([]byte(`"a\nb\nC"`))
	merged, ok := lookup("output").Merge(before, mine, theirs)
	fmt.Printf("%s %t\n", merged.Bytes(), ok)
	// Output: "A\nb\nC" true
}

// When the server has a newer reading, Rebase says what moved there and what collides.
func ExampleChangeSet_Rebase() {
	log, err := model.ParseLog(base)
	if err != nil {
		panic(err)
	}
	changes := model.NewChangeSet(log)
	if err := changes.SetText(lookup("output"), "the answer"); err != nil {
		panic(err)
	}
	newer, err := model.ParseLog([]byte(`{"id": "log_1", "prompt": {"id": "pr_1"}, "output": "no answer",
 "prompt_cost": 0.20, "metadata": {"row": 3}}`))
	if err != nil {
		panic(err)
	}
	rebased := changes.Rebase(newer)
	for _, f := range rebased.Moved {
		fmt.Println("moved:", f.Name)
	}
	for _, f := range rebased.Conflicts {
		fmt.Println("conflict:", f.Name)
	}
	// Output:
	// moved: output
	// moved: prompt_cost
	// conflict: output
}

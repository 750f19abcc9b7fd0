package server

import (
	"math"
	"net/http"

	"errata/api"
	"errata/api/rules"
	"errata/model"
)

// endpoint is one row of the table of the API: the routes and the description of the API are made
// from it.
type endpoint struct {
	method, path string // below /v5
	name         string // what the description calls it
	summary      string
	query        []param
	body         string // the schema of the body that it takes, empty for none
	answer       string // the schema of its answer, empty for none
	serve        func(h *handler, w http.ResponseWriter, r *http.Request, a args) error
}

// kinds are the kinds of file, each with what the API calls many of them and the schema of one.
var kinds = []struct {
	kind   api.FileKind
	plural string
	schema string
}{
	{api.PromptFile, "prompts", "PromptResponse"},
	{api.ToolFile, "tools", "ToolResponse"},
	{api.EvaluatorFile, "evaluators", "EvaluatorResponse"},
	{api.FlowFile, "flows", "FlowResponse"},
	{api.AgentFile, "agents", "AgentResponse"},
	{api.DatasetFile, "datasets", "DatasetResponse"},
}

// endpoints is the table of the API.
func endpoints() []endpoint {
	table := []endpoint{
		{http.MethodGet, "/logs", "listLogs", "List the logs of a file, newest first", logParams, "", "PaginatedDataLogResponse", (*handler).logs},
		{http.MethodDelete, "/logs", "deleteLogs", "Delete logs", []param{
			{name: "id", many: true, required: true, help: "the exact ids of the logs; unknown ones are passed over"},
		}, "", "", (*handler).deleteLogs},
		{http.MethodGet, "/arrivals", "listArrivals", "List logs of prompts in the order in which they were stored: an addition", arrivalParams, "", "Arrivals", (*handler).arrivals},
		{http.MethodGet, "/logs/{id}", "getLog", "Get one log", nil, "", "LogResponse", (*handler).log},
		{http.MethodPost, "/prompts/log", "createPromptLog", "Log to a prompt", []param{versionParam, environmentParam}, "PromptLogRequest", "CreatePromptLogResponse", (*handler).createLog},
		{http.MethodPatch, "/prompts/{id}/log/{log_id}", "updatePromptLog", "Replace members of a log of a prompt", nil, "PromptLogUpdateRequest", "LogResponse", (*handler).updatePromptLog},
		{http.MethodPatch, "/agents/{id}/log/{log_id}", "updateAgentLog", "Replace members of a log of an agent", nil, "PromptLogUpdateRequest", "LogResponse", (*handler).updateAgentLog},
	}
	for _, k := range kinds {
		title := k.schema[:len(k.schema)-len("Response")]
		table = append(table,
			endpoint{http.MethodGet, "/" + k.plural, "list" + title + "s", "List " + k.plural, listParams, "", "PaginatedData" + k.schema, listOf(k.kind)},
			endpoint{http.MethodGet, "/" + k.plural + "/{id}", "get" + title, "Get one of the " + k.plural + ": a version of it", fileParams, "", k.schema, oneOf(k.kind)},
			endpoint{http.MethodGet, "/" + k.plural + "/{id}/versions", "list" + title + "Versions", "List the versions of one of the " + k.plural, versionsParams, "", "List" + k.schema, versionsOf(k.kind)})
	}
	table = append(table, evaluatorEndpoints()...)
	return append(table, []endpoint{
		{http.MethodGet, "/datasets/{id}/datapoints", "listDatapoints", "List the datapoints of a dataset", []param{pageParam, sizeParam, versionParam, environmentParam}, "", "EmptyPage", (*handler).datapoints},
		{http.MethodGet, "/files", "listFiles", "List files of all kinds", filesParams, "", "PaginatedDataFileResponse", (*handler).files},
		{http.MethodGet, "/directories", "listDirectories", "List all directories", nil, "", "DirectoryList", (*handler).directories},
		{http.MethodGet, "/directories/{id}", "getDirectory", `Get a directory; "root" is that of all files`, nil, "", "DirectoryWithParentsAndChildrenResponse", (*handler).directory},
		{http.MethodGet, "/evaluations", "listEvaluations", "List the evaluations of a file", []param{
			{name: "file_id", required: true, help: "the file"}, pageParam, sizeParam,
		}, "", "EmptyPage", (*handler).evaluations},
		{http.MethodGet, "/evaluations/{id}", "getEvaluation", "Get one evaluation", nil, "", "", (*handler).evaluation},
		{http.MethodGet, "/evaluations/{id}/stats", "getEvaluationStats", "Get the figures of an evaluation", nil, "", "", (*handler).evaluation},
		{http.MethodGet, "/evaluations/{id}/runs", "listEvaluationRuns", "List the runs of an evaluation", nil, "", "", (*handler).evaluation},
		{http.MethodGet, "/evaluations/{id}/logs", "listEvaluationLogs", "List the logs of an evaluation", []param{pageParam, sizeParam}, "", "", (*handler).evaluation},
		{http.MethodGet, "/openapi.json", "describe", "Get this description", nil, "", "", (*handler).describe},
	}...)
}

// arrivalParams are the parameters of GET /arrivals.
var arrivalParams = []param{
	{name: "after", help: "the mark that an earlier list gave; without one the list is empty and gives the first mark"}, sizeParam,
}

var afterParam = param{name: model.AfterMember, help: "an addition, with the file_id " + api.AllPrompts + ": the mark that the page before gives in its member of this name, empty at the end of the list"}

// logParams are the parameters of GET /logs.
var logParams = []param{
	{name: "file_id", required: true, help: "the prompt, or another file; an addition: " + api.AllPrompts + " for all prompts, their logs in one order. Nothing but dates selects then"},
	afterParam,
	pageParam, sizeParam,
	{name: "version_id", help: "only logs of this version"},
	{name: "id", many: true, help: "contained in the id of the log; any of several"},
	{name: "search", private: true, help: "contained in the text of the inputs or the output, in any case"},
	{name: "search_in", sort: choice, many: true, words: rules.SearchPlaces, help: "an addition: search is in the language of searches, and looks in these places; the page says so in its member " + model.SearchedInMember},
	{name: "metadata_search", private: true, help: "contained in the text of the metadata, keys and values, in any case"},
	{name: "start_date", sort: moment, help: "not before; a bare date is midnight UTC"},
	{name: "end_date", sort: moment, help: "not after; a bare date is midnight UTC"},
	{name: "include_parent", sort: yesNo, help: "put the log that it judges into each log of an evaluator, as parent"},
	{name: "in_trace_filter", sort: yesNo, many: true, help: "true: only logs in a trace; false: only others; both: all"},
	{name: "sample", sort: whole, least: math.MinInt, most: math.MaxInt, help: "a random choice of about so many logs"},
	{name: "include_trace_children", sort: yesNo, help: "fill trace_children, of the logs of flows and agents"},
	cutParam,
	{name: "version_status", sort: choice, words: statuses, help: "has no effect: versions have no status"},
}

// The parameters of the endpoints of files.
var (
	userParam   = param{name: "user_filter", private: true, help: "contained in the name or the email address of who made the version that is shown, in any case"}
	listParams  = []param{pageParam, sizeParam, nameParam, userParam, sortParam, orderParam}
	fileParams  = []param{versionParam, environmentParam}
	filesParams = []param{
		pageParam, sizeParam, nameParam,
		{name: "path", private: true, help: "a directory: it and all below; all files when it is empty"},
		{name: "template", sort: yesNo, help: "true: only templates, and no file is one"},
		{name: "type", sort: choice, many: true, words: kindWords, help: "only files of these kinds"},
		{name: "environment", help: "only files of which a version is deployed to the environment of this name"},
		sortParam, orderParam,
		{name: "include_raw_file_content", sort: yesNo, help: "has no effect: what is known of the raw file is always there"},
	}
	versionsParams = []param{
		{name: "evaluator_aggregates", sort: yesNo, help: "has no effect: there are no aggregates"},
		{name: "status", sort: choice, many: true, words: statuses, help: "has no effect: versions have no status"},
	}
)

func statuses() []string { return []string{"uncommitted", "committed", "deleted"} }

func kindWords() []string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k.kind)
	}
	return words
}

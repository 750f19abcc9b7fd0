package provider

// bedrockModel recognises the names that Bedrock gives to the models of others.
const bedrockModel = "model^openai. | model^mistral. | model^qwen. | model^deepseek. | model^google. | model^nvidia. | model^minimax. | " +
	"model^moonshot. | model^zai. | model^us. | model^eu. | model^global."

// The dialects of OpenAI, and of all who follow them.
var (
	// onTop are the ways in which providers count that put a kind of tokens beside the count that
	// OpenAI has it in: reasoning (xAI), audio (Mistral), the cache. Only a total can tell.
	onTop = []Reading{counted, reasoningOnTop, audioOnTop, cacheOnTop}

	counted        = Reading{Prompt: "usage.prompt_tokens?", Output: "usage.completion_tokens?"}
	reasoningOnTop = Reading{
		Prompt: "usage.prompt_tokens", Output: "usage.completion_tokens? + usage.completion_tokens_details.reasoning_tokens | usage.reasoning_tokens",
	}
	audioOnTop = Reading{Prompt: "usage.prompt_tokens + usage.prompt_tokens_details.audio_tokens", Output: "usage.completion_tokens"}
	cacheOnTop = Reading{
		Prompt: "usage.prompt_tokens + usage.cache_read_input_tokens? + usage.cache_creation_input_tokens?", Output: "usage.completion_tokens",
	}

	chat = &Dialect{
		Provider: "OpenAI-compatible", API: "chat",
		Known:   []string{"choices.0.message | choices.0.delta | choices.0.finish_reason | object=chat.completion | usage.prompt_tokens | usage.completion_tokens"},
		Choices: "choices",
		Counts:  onTop,
		Total:   "usage.total_tokens",
		Reasoning: "usage.completion_tokens_details.reasoning_tokens | usage.completion_token_details.reasoning_tokens | " +
			"usage.reasoning_tokens",
		Cached: "usage.prompt_tokens_details.cached_tokens | usage.prompt_token_details.cached_tokens | " +
			"usage.prompt_cache_hit_tokens | usage.cached_tokens | usage.cache_read_input_tokens",
		CacheWrite: "usage.prompt_tokens_details.cache_write_tokens | usage.prompt_tokens_details.cache_creation_tokens | " +
			"usage.cache_creation_input_tokens",
		CacheHour: "usage.cache_creation.ephemeral_1h_input_tokens",
		Audio:     "usage.prompt_tokens_details.audio_tokens",
		AudioOut:  "usage.completion_tokens_details.audio_tokens",
		Finish:    "@.finish_reason | @.stop_reason",
		Text:      "@.message.content", Thinking: "@.message.reasoning_content | @.message.reasoning", Refusal: "@.message.refusal",
		Calls:   "@.message.tool_calls | @.message.function_call",
		Beyond:  "@.message.images.0 | @.message.audio.id",
		Latency: []Measure{invoked},
		Costs:   []Cost{{Total: "usage.pydantic_ai_gateway.cost_estimate"}},
		Checked: "openai 6.49, recorded responses",
	}
	openAI = &Dialect{
		Provider: "OpenAI", Like: chat, Slug: "openai",
		Also: []string{"model^gpt- | model^o1 | model^o3 | model^o4 | model^chatgpt | model^ft:gpt"},
	}
	azure = &Dialect{
		Provider: "Azure", Like: chat, Slug: "azure",
		Also: []string{
			"prompt_filter_results | choices.0.content_filter_results",
			// go-openai writes a filter that found nothing, without a severity, where none was.
			"prompt_filter_results | choices.0.content_filter_results.hate.severity | !choices.0.content_filter_results.hate",
		},
	}
	bedrockChat = &Dialect{Provider: "Bedrock", Like: chat, Slug: "bedrock", Also: []string{bedrockModel}}
	xai         = &Dialect{
		Provider: "xAI", Like: chat, Slug: "xai",
		Also:   []string{"model^grok | usage.cost_in_usd_ticks"},
		Counts: []Reading{reasoningOnTop, counted},
		Costs:  []Cost{{Total: "usage.cost_in_usd_ticks", Power: ticks}},
	}
	geminiChat = &Dialect{
		Provider: "Gemini", Like: chat, Slug: "google",
		Also: []string{"model^gemini | model^google/gemini | model^models/gemini"},
		Counts: []Reading{counted, {
			Prompt: "usage.prompt_tokens", Output: "usage.total_tokens - usage.prompt_tokens", AtLeast: "usage.completion_tokens",
		}},
	}
	deepSeek = &Dialect{
		Provider: "DeepSeek", Like: chat, Slug: "deepseek",
		Also: []string{"model^deepseek- | usage.prompt_cache_miss_tokens"},
	}
	groq = &Dialect{
		Provider: "Groq", Like: chat, Slug: "groq",
		Also:    []string{"x_groq | usage.total_time"},
		Latency: []Measure{{"usage.total_time", 0}},
		Checked: "groq-sdk 1.6, recorded responses",
	}
	cerebras = &Dialect{
		Provider: "Cerebras", Like: chat, Slug: "cerebras",
		Also:    []string{"time_info.total_time"},
		Latency: []Measure{{"time_info.total_time", 0}},
	}
	sambaNova = &Dialect{
		Provider: "SambaNova", Like: chat, Slug: "sambanova",
		Also:    []string{"usage.total_latency"},
		Latency: []Measure{{"usage.total_latency", 0}},
		Checked: "its documentation",
	}
	llamaChat = &Dialect{
		Provider: "llama.cpp", Like: chat,
		Also:    []string{"timings.predicted_ms"},
		Latency: []Measure{{"timings.prompt_ms + timings.predicted_ms", milli}},
		Checked: "its documentation",
	}
	mistral = &Dialect{
		Provider: "Mistral", Like: chat, Slug: "mistral",
		Also: []string{"model^mistral- | model^magistral | model^voxtral | model^codestral | model^ministral | model^pixtral | " +
			"model^open-mi | model^devstral"},
		Counts:  []Reading{counted, audioOnTop},
		Checked: "@mistralai/mistralai 2.7, recorded responses",
	}
	moonshot = &Dialect{Provider: "Moonshot", Like: chat, Slug: "moonshotai", Also: []string{"model^kimi | model^moonshot"}}
	writer   = &Dialect{Provider: "Writer", Like: chat, Slug: "writer", Also: []string{"model^palmyra"}}
	liteLLM  = &Dialect{
		Provider: "LiteLLM", Like: chat, Slug: "litellm",
		Also:    []string{"_hidden_params"},
		Latency: []Measure{{"_response_ms", milli}},
		Costs:   []Cost{{Total: "_hidden_params.response_cost"}},
		Checked: "its documentation",
	}
	openRouter = &Dialect{
		Provider: "OpenRouter", Like: chat, Slug: "openrouter",
		Also: []string{"id^gen- | choices.0.native_finish_reason"},
		Costs: []Cost{{
			Total: "usage.cost", Prompt: "usage.cost_details.upstream_inference_prompt_cost",
			Output: "usage.cost_details.upstream_inference_completions_cost",
		}},
	}
	perplexity = &Dialect{
		Provider: "Perplexity", Like: chat, Slug: "perplexity",
		Also:   []string{"citations | search_results | usage.cost.total_cost"},
		Counts: []Reading{counted},
		Costs: []Cost{{
			Total: "usage.cost.total_cost", Prompt: "usage.cost.input_tokens_cost + usage.cost.citation_tokens_cost?",
			Output: "usage.cost.output_tokens_cost + usage.cost.reasoning_tokens_cost?",
		}},
	}

	completions = &Dialect{
		Provider: "OpenAI-compatible", Like: chat, API: "completions",
		Known:   []string{"choices.0.text | object=text_completion", "!choices.0.message"}, // Together has both
		Prompts: true,
		Text:    "@.text",
	}

	dashScope = &Dialect{
		Provider: "Alibaba", API: "DashScope", Slug: "alibaba",
		Known:     []string{"output.choices | output.text", "usage.input_tokens | usage.output_tokens"},
		Choices:   "output.choices",
		Counts:    []Reading{{Prompt: "usage.input_tokens", Output: "usage.output_tokens"}},
		Total:     "usage.total_tokens",
		Reasoning: "usage.output_tokens_details.reasoning_tokens",
		Cached:    "usage.prompt_tokens_details.cached_tokens",
		Finish:    "@.finish_reason | output.finish_reason", Pending: []string{"null"},
		Text: "@.message.content | output.text", Thinking: "@.message.reasoning_content", Calls: "@.message.tool_calls",
		Checked: "its documentation",
	}

	responses = &Dialect{
		Provider: "OpenAI", API: "responses", Slug: "openai",
		Known: []string{"object=response | usage.input_tokens | usage.output_tokens", "object^response | object=realtime.response | !object"},
		Counts: []Reading{
			{Prompt: "usage.input_tokens", Output: "usage.output_tokens"},
			{Prompt: "usage.input_tokens", Output: "usage.output_tokens + usage.output_tokens_details.reasoning_tokens"},
		},
		Total:      "usage.total_tokens",
		Reasoning:  "usage.output_tokens_details.reasoning_tokens",
		Cached:     "usage.input_tokens_details.cached_tokens | usage.input_token_details.cached_tokens",
		CacheWrite: "usage.input_tokens_details.cache_write_tokens",
		Audio:      "usage.input_tokens_details.audio_tokens | usage.input_token_details.audio_tokens",
		AudioOut:   "usage.output_tokens_details.audio_tokens | usage.output_token_details.audio_tokens",
		Finish:     "incomplete_details.reason | status", Pending: []string{"queued", "in_progress"},
		Text:    "output",
		Costs:   []Cost{{Total: "usage.pydantic_ai_gateway.cost_estimate"}},
		Checked: "openai 6.49, recorded responses",
	}
	azureResponses   = &Dialect{Provider: "Azure", Like: responses, Slug: "azure", Also: []string{"content_filters"}}
	bedrockResponses = &Dialect{Provider: "Bedrock", Like: responses, Slug: "bedrock", Also: []string{bedrockModel}}
	xaiResponses     = &Dialect{
		Provider: "xAI", Like: responses, Slug: "xai",
		Also:  []string{"model^grok | usage.cost_in_usd_ticks"},
		Costs: []Cost{{Total: "usage.cost_in_usd_ticks", Power: ticks}},
	}
	deepSeekResponses   = &Dialect{Provider: "DeepSeek", Like: responses, Slug: "deepseek", Also: []string{"model^deepseek-"}}
	openRouterResponses = &Dialect{
		Provider: "OpenRouter", Like: responses, Slug: "openrouter",
		Also: []string{"id^gen- | usage.cost_details"},
		Costs: []Cost{{
			Total: "usage.cost", Prompt: "usage.cost_details.upstream_inference_input_cost",
			Output: "usage.cost_details.upstream_inference_output_cost",
		}},
	}
	perplexityResponses = &Dialect{
		Provider: "Perplexity", Like: responses, Slug: "perplexity",
		Also: []string{"usage.cost.total_cost"},
		Costs: []Cost{{
			Total: "usage.cost.total_cost", Prompt: "usage.cost.input_cost | usage.cost.input_tokens_cost",
			Output: "usage.cost.output_cost | usage.cost.output_tokens_cost",
		}},
	}
)

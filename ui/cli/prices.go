package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"errata/model/charset"
	"errata/model/figure"
	"errata/model/price"
)

func (a *upkeep) pricesCommand() *cobra.Command {
	return group(&cobra.Command{
		Use:   "prices",
		Short: "Import what models cost",
		Long: `Costs are filled in where the provider tells none, by the prices in config.toml and in prices.toml beside it. errata
brings no prices: they change.`,
	}, a.importPricesCommand())
}

func (a *upkeep) importPricesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Read a public list of prices into prices.toml",
		Long: `Read a public list of prices into prices.toml beside config.toml: LiteLLM's model_prices_and_context_window.json or
genai-prices' data.json; - reads standard input.

Prices of models that are there already are replaced, others stay. What config.toml says comes before prices.toml.`,
		Example: `  errata prices import model_prices_and_context_window.json
  errata prices import data.json`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.importPrices(cmd.Context(), args[0]) },
	}
}

func (a *upkeep) importPrices(ctx context.Context, name string) error {
	data, err := a.priceFile(ctx, name)
	if err != nil {
		return err
	}
	list, skipped, err := price.ReadList(data)
	if err != nil {
		return fail(exitRefused, "%s: %s", name, err)
	}
	path, added, changed, err := a.cfg.ImportPrices(list)
	if err != nil {
		return fail(exitFailed, "the prices are not imported: %s", err)
	}
	if len(skipped) > 0 {
		a.say("left out: %s", strings.Join(skipped, "; "))
	}
	a.say("%s, %s of them new and %s changed: %s", figure.Count(len(list), "price"), figure.Int(added), figure.Int(changed), path)
	return nil
}

// priceFile reads a list of prices.
func (a *upkeep) priceFile(ctx context.Context, name string) (data []byte, err error) {
	if data, err = a.input(ctx, name); err == nil {
		data, err = charset.Decode(data)
	}
	if err != nil && ctx.Err() == nil {
		return nil, fail(exitFailed, "the list of prices cannot be read: %s", err)
	}
	return data, err
}

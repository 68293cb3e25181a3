"""Pure rules of changing the map: values in, judgements and findings out."""

"""Statistics behind the pages: numbers in, numbers out; knows neither Django nor Comity."""

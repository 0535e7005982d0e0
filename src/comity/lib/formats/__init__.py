"""How Django writes numbers in languages of which it does not know it itself."""

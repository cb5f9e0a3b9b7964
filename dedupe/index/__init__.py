"""The persistent index: what a pipeline asks of each article as it comes."""

"""The programs that make what ships in `dedupe/data`: `python -m training.NAME`.

background    how many news texts each word stands in
characters    the class of every code point
languages     the commonest words of each language
headlines     what tells the headline of a plain text
roles         the weights that tell a block's role; with `role_training`, `role_pages`, `judged_roles`, ...
relation      what tells a rewrite; with `copies`
similarity    story similarity; with `similarity_tables`
"""

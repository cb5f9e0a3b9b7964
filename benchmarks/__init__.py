"""Measurements.

`python -m benchmarks NAME` measures and writes its section of RESULTS.md:

    near_duplicates  groups of copies from JSON lines, beside neighbours
    hostile          inputs made to break that
    report           the whole report, stage by stage
    labelling        reading and labelling pages
    index            checks, adds, bulk loading
    align            passages of two texts; reuse
    neighbours       the search for story neighbours
    days             articles of different days that are called excerpts or closer
    train_alignment  passages of PAN-13, constants chosen on four folds and scored on the fifth
"""

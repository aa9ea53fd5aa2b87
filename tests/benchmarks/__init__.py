"""Measuring the engine: public instances solved from their files, and the same done by others.

``python -m tests.benchmarks.public_instances FILE...`` enumerates and ``python -m tests.benchmarks.compare
FILE...`` compares. Nothing here is part of the product; no instance is carried.
"""

def weights(*a): return {}

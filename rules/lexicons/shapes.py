def weights(*a):
    return {}
